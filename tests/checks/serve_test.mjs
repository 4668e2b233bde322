// The local server: right types and headers, nothing outside the folder, no method but GET and HEAD, this machine only.
import assert from 'node:assert/strict';
import {mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {kContentSecurityPolicy, serve} from '../../scripts/serve.mjs';

const folder = mkdtempSync(path.join(tmpdir(), 'entente-serve-'));
const root = path.join(folder, 'site');
mkdirSync(path.join(root, 'sub'), {recursive: true});
writeFileSync(path.join(folder, 'secret.txt'), 'secret');
writeFileSync(path.join(root, 'index.html'), '<!doctype html>');
writeFileSync(path.join(root, 'sub', 'index.html'), 'sub');
writeFileSync(path.join(root, 'app.wasm'), Buffer.from([0, 97, 115, 109]));
writeFileSync(path.join(root, 'app.js'), 'x');
writeFileSync(path.join(root, '.hidden'), 'hidden');
symlinkSync(path.join(folder, 'secret.txt'), path.join(root, 'link.txt'));

const server = await serve({root, port: 0});
const ask = (target, {method = 'GET', headers = {}} = {}) => new Promise((resolve, reject) => {
    request({host: '127.0.0.1', port: server.port, path: target, method, headers}, (response) => {
        let body = '';
        response.on('data', (part) => { body += part; });
        response.on('end', () => resolve({status: response.statusCode, headers: response.headers, body}));
    }).on('error', reject).end();
});

try {
    const page = await ask('/');
    assert.equal(page.status, 200);
    assert.equal(page.headers['content-type'], 'text/html; charset=utf-8');
    assert.equal(page.headers['content-security-policy'], kContentSecurityPolicy);
    for (const rule of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "require-trusted-types-for 'script'",
        "base-uri 'none'", "form-action 'none'"]) assert.ok(kContentSecurityPolicy.split('; ').includes(rule), rule);
    assert.ok(!kContentSecurityPolicy.includes("'unsafe-"));
    assert.equal(page.headers['x-content-type-options'], 'nosniff');
    assert.equal(page.headers['cache-control'], 'no-cache');
    assert.equal((await ask('/app.wasm')).headers['content-type'], 'application/wasm');
    assert.equal((await ask('/app.js?x=1')).headers['content-type'], 'text/javascript; charset=utf-8');
    assert.equal((await ask('/sub/')).body, 'sub');
    assert.equal((await ask('/', {method: 'HEAD'})).body, '');
    assert.equal((await ask('/', {headers: {'If-None-Match': page.headers.etag}})).status, 304);
    for (const target of ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/sub/../../secret.txt', '/link.txt',
        '/.hidden', '/%00', '/%', '/sub\\..\\..\\secret.txt', '//etc/passwd', '/nothing']) {
        const answer = await ask(target);
        assert.equal(answer.status, 404, target);
        assert.ok(!answer.body.includes('secret'), target);
    }
    assert.equal((await ask('/', {method: 'POST'})).status, 405);
    assert.equal((await ask('/', {headers: {Host: 'evil.example'}})).status, 421);
    await assert.rejects(serve({root, port: server.port}), {code: 'EADDRINUSE'});
    console.log('serve_test: passed');
} finally {
    await server.close();
    rmSync(folder, {recursive: true});
}
