import { counted } from './phrase';

/** The few words that are drawn into the moving picture. */
export const MOTION_WORDS = {
  fault: (fault: number) => `Fault ${fault}`,
  maximum: 'maximum',
  requests: (count: number) => counted(count, 'request'),
  copies: (count: number) => (count === 1 ? '1 copy' : `${count} copies`),
} as const;
