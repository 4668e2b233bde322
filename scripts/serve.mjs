#!/usr/bin/env node
// Serves the built site on 127.0.0.1, with the headers that a real host must send too (the content security policy
// above all). Reads files, writes nothing, answers GET and HEAD for this machine only.
//
//   node scripts/serve.mjs [--port N] [--root FOLDER]      port 0 takes a free one
//
// As a module: const server = await serve({root, port}); server.address; await server.close();

import {createReadStream, promises as fs} from 'node:fs';
import {createServer} from 'node:http';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

export const kContentSecurityPolicy = [
    "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "connect-src 'self'", "img-src 'self' data: blob:",
    "style-src 'self'", "worker-src 'self'", "manifest-src 'self'", 'media-src blob:', "base-uri 'none'",
    "form-action 'none'", "frame-ancestors 'none'", "require-trusted-types-for 'script'", 'trusted-types entente',
].join('; ');

const kHeaders = {
    'Content-Security-Policy': kContentSecurityPolicy,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    // Always ask again; the answer is 304 where the file is the same.
    'Cache-Control': 'no-cache',
};

const kTypes = {
    '.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
    '.mjs': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8', '.wasm': 'application/wasm',
    '.json': 'application/json', '.webmanifest': 'application/manifest+json', '.svg': 'image/svg+xml',
    '.png': 'image/png', '.ico': 'image/x-icon', '.ttf': 'font/ttf', '.txt': 'text/plain; charset=utf-8',
    '.csv': 'text/csv; charset=utf-8', '.xml': 'text/xml; charset=utf-8', '.ent': 'application/octet-stream',
};

// The file that a request path names inside root, or null: nothing hidden, nothing above root, no way round by a link.
export async function resolveFile(root, requestPath) {
    let name;
    try {
        name = decodeURIComponent(requestPath);
    } catch {
        return null;
    }
    const parts = name.split('/');
    if (/[\0\\]/.test(name) || !name.startsWith('/') || parts.some((part) => part.startsWith('.'))) return null;
    try {
        const base = await fs.realpath(root);
        let file = await fs.realpath(path.join(base, ...parts));
        if ((await fs.stat(file)).isDirectory()) file = await fs.realpath(path.join(file, 'index.html'));
        if (!file.startsWith(base + path.sep)) return null;
        const stat = await fs.stat(file);
        return stat.isFile() ? {file, stat} : null;
    } catch {
        return null;
    }
}

function refuse(response, status, text, headers = {}) {
    response.writeHead(status, {...kHeaders, ...headers, 'Content-Type': 'text/plain; charset=utf-8'});
    response.end(`${text}\n`);
}

// A page elsewhere whose name was made to point at this machine sends its own name as the host: it gets nothing.
function isLocalHost(host) {
    return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/i.test(host ?? '');
}

async function answer(root, request, response) {
    if (!isLocalHost(request.headers.host)) return refuse(response, 421, 'Not for this host');
    if (request.method !== 'GET' && request.method !== 'HEAD') {
        return refuse(response, 405, 'Only GET and HEAD', {Allow: 'GET, HEAD'});
    }
    const found = await resolveFile(root, request.url.split(/[?#]/, 1)[0]);
    if (!found) return refuse(response, 404, 'Not found');
    const tag = `"${found.stat.size.toString(36)}-${Math.trunc(found.stat.mtimeMs).toString(36)}"`;
    const headers = {...kHeaders, ETag: tag};
    if (request.headers['if-none-match'] === tag) {
        response.writeHead(304, headers);
        return response.end();
    }
    headers['Content-Type'] = kTypes[path.extname(found.file).toLowerCase()] ?? 'application/octet-stream';
    headers['Content-Length'] = found.stat.size;
    response.writeHead(200, headers);
    if (request.method === 'HEAD') return response.end();
    createReadStream(found.file).on('error', () => response.destroy()).pipe(response);
}

export function serve({root, port = 0}) {
    const server = createServer((request, response) => {
        answer(root, request, response).catch(() => response.destroy());
    });
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, '127.0.0.1', () => resolve({
            port: server.address().port,
            address: `http://127.0.0.1:${server.address().port}/`,
            close: () => new Promise((done) => {
                server.close(done);
                server.closeAllConnections?.();
            }),
        }));
    });
}

function parse(values) {
    const options = {port: 8080, root: fileURLToPath(new URL('../build/web/site', import.meta.url))};
    for (let at = 0; at < values.length; at += 2) {
        const value = values[at + 1];
        if (values[at] === '--port' && /^\d{1,5}$/.test(value ?? '') && Number(value) < 65536) options.port = Number(value);
        else if (values[at] === '--root' && value) options.root = path.resolve(value);
        else throw new Error(`usage: serve.mjs [--port N] [--root FOLDER] (not understood: ${values.slice(at).join(' ')})`);
    }
    return options;
}

async function main() {
    const options = parse(process.argv.slice(2));
    const server = await serve(options).catch((error) => {
        throw error.code === 'EADDRINUSE'
            ? new Error(`port ${options.port} is taken; choose another with --port N`) : error;
    });
    console.log(`Entente is at ${server.address}  (Ctrl+C ends it)`);
    for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => server.close().then(() => process.exit(0)));
}

if (process.argv[1] && await fs.realpath(process.argv[1]) === fileURLToPath(import.meta.url)) {
    main().catch((error) => {
        console.error(`entente: ${error.message}`);
        process.exit(1);
    });
}
