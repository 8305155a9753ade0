/** Serves a folder of static files on this machine: the built site, for `npm start`, the journeys and the bench. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';

/** @type {Readonly<Record<string, string>>} */
const MEDIA_TYPES = {
  '.css': 'text/css; charset=utf-8',
  '.gif': 'image/gif',
  '.html': 'text/html; charset=utf-8',
  '.ico': 'image/x-icon',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** What makes a browser give a page shared memory and its finest clock. Only the bench asks for it. */
const ISOLATION = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * @typedef {object} Site
 * @property {string} address with the base path and a slash at its end
 * @property {() => Promise<void>} close also ends connections that are kept alive
 */

/**
 * @param {object} options
 * @param {string} options.root the folder to serve
 * @param {number} [options.port] 0, the default, takes any free one
 * @param {string} [options.base] the path the site lives below, from slash to slash: '/' or '/a/b/'
 * @param {boolean} [options.isIsolated] from pages of other origins, as shared memory requires
 * @returns {Promise<Site>}
 * @throws an error with code EADDRINUSE when another program has the port
 */
export async function serve({ root, port = 0, base = '/', isIsolated = false }) {
  const answer = answerFrom(path.resolve(root), base, isIsolated ? ISOLATION : {});
  const first = await listen(answer, '127.0.0.1', port);
  const servers = [first.server];
  try {
    // `localhost` may mean either address of this machine, so both answer where both exist.
    servers.push((await listen(answer, '::1', first.port)).server);
  } catch (error) {
    if (port !== 0 && isCode(error, 'EADDRINUSE')) {
      await close(servers);
      throw error;
    }
  }
  return { address: `http://localhost:${first.port}${base}`, close: () => close(servers) };
}

/**
 * @param {import('node:http').RequestListener} answer
 * @param {string} host
 * @param {number} port
 * @returns {Promise<{ server: import('node:http').Server, port: number }>}
 */
function listen(answer, host, port) {
  const server = createServer(answer);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      const bound = server.address();
      resolve({ server, port: bound !== null && typeof bound === 'object' ? bound.port : port });
    });
  });
}

/** @param {readonly import('node:http').Server[]} servers */
async function close(servers) {
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      return closed;
    }),
  );
}

/**
 * @param {string} root
 * @param {string} base
 * @param {import('node:http').OutgoingHttpHeaders} headers what every file is sent with
 * @returns {import('node:http').RequestListener}
 */
function answerFrom(root, base, headers) {
  return (request, response) => {
    void (async () => {
      if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405);
      const route = routeOf(request.url ?? '/');
      if (route === undefined) return refuse(response, 400);
      if (`${route}/` === base) return redirect(response, base);
      if (!route.startsWith(base)) return refuse(response, 404);
      const file = await findFile(root, route.slice(base.length));
      if (file === undefined) return refuse(response, 404);
      send(response, file, headers, request.method === 'HEAD');
    })();
  };
}

/**
 * The decoded path of a request, or undefined when it is malformed.
 * @param {string} url
 */
function routeOf(url) {
  try {
    const route = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return route.includes('\0') ? undefined : route;
  } catch {
    return undefined;
  }
}

/**
 * @param {string} root
 * @param {string} relative
 * @returns {Promise<{ path: string, sizeBytes: number } | undefined>} never a file outside the root
 */
async function findFile(root, relative) {
  const wanted = path.join(root, relative);
  if (wanted !== root && !wanted.startsWith(root + path.sep)) return undefined;
  try {
    const found = await stat(wanted);
    if (found.isFile()) return { path: wanted, sizeBytes: found.size };
    if (!relative.endsWith('/') && relative !== '') return undefined;
    const index = path.join(wanted, 'index.html');
    return { path: index, sizeBytes: (await stat(index)).size };
  } catch {
    return undefined;
  }
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {{ path: string, sizeBytes: number }} file
 * @param {import('node:http').OutgoingHttpHeaders} headers
 * @param {boolean} headOnly
 */
function send(response, file, headers, headOnly) {
  response.writeHead(200, {
    ...headers,
    'Content-Type': MEDIA_TYPES[path.extname(file.path).toLowerCase()] ?? 'application/octet-stream',
    'Content-Length': file.sizeBytes,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  if (headOnly) {
    response.end();
    return;
  }
  createReadStream(file.path)
    .on('error', () => response.destroy())
    .pipe(response);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {400 | 404 | 405} status
 */
function refuse(response, status) {
  const text = { 400: 'Malformed address', 404: 'Not found', 405: 'Only GET and HEAD' }[status];
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' });
  response.end(`${text}\n`);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {string} location
 */
function redirect(response, location) {
  response.writeHead(301, { Location: location, 'Cache-Control': 'no-cache' });
  response.end();
}

/**
 * @param {unknown} error
 * @param {string} code
 */
export function isCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
