/** The structures of a volume image with shadow copies, as a problem names them. */
export type ImageStructure =
  | 'qcow2Header'
  | 'qcow2Table'
  | 'qcow2Cluster'
  | 'bootSector'
  | 'volumeHeader'
  | 'catalog'
  | 'storeHeader'
  | 'blockList'
  | 'rangeList'
  | 'bitmap';

/** What is wrong with a structure of an image that was found where it should be. */
export type ImageFlaw =
  /** Its first bytes are not those of the structure. */
  | 'notIdentified'
  | 'unknownVersion'
  /** A place that it names lies outside the image, or where no such structure can begin. */
  | 'badOffset'
  | 'badSize'
  /** The chain comes back to a place where it was before. */
  | 'loop'
  /** Flags that exclude each other, or an entry of no known kind. */
  | 'badEntry'
  | 'notInflated';

/** What a qcow2 file may be and this page does not read. */
export type Qcow2Feature =
  | 'version'
  | 'backingFile'
  | 'encryption'
  | 'markedCorrupt'
  | 'externalDataFile'
  | 'compressionType'
  | 'extendedEntries'
  | 'otherFeature';

/** Why a volume image, or a block of it, cannot be read. Offsets and sizes are bytes. */
export type ImageProblem =
  /** The file itself gave no bytes: it has gone, or changed since it was chosen. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  | { readonly kind: 'noVolume' }
  | { readonly kind: 'noShadowCopies'; readonly volumeOffset: number }
  | { readonly kind: 'cutOff'; readonly neededBytes: number; readonly presentBytes: number }
  | { readonly kind: 'notSupported'; readonly feature: Qcow2Feature }
  | {
      readonly kind: 'damaged';
      readonly structure: ImageStructure;
      readonly offset: number;
      readonly flaw: ImageFlaw;
    }
  /** A snapshot whose diff area lies on another volume: the catalog of this one does not say where. */
  | { readonly kind: 'storedElsewhere'; readonly identifier: string }
  | { readonly kind: 'tooMuch'; readonly what: 'snapshots' | 'descriptors'; readonly limit: number }
  /** A laboratory can hold no more blocks of a volume, of copies, or of different contents. */
  | {
      readonly kind: 'tooLarge';
      readonly what: 'volume' | 'copies' | 'contents';
      readonly blocks: number;
      readonly limit: number;
    }
  | { readonly kind: 'blockUnknown'; readonly block: number; readonly blockCount: number };
