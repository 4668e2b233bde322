// The peers: installed as package-lock.json pins them (integrity hashes), into build/bench/gantt and nowhere else, and bundled into a
// page each. No script of theirs runs at installation.
import {execFileSync} from 'node:child_process';
import {copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {createServer} from 'node:http';
import {createRequire} from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const kTypes = {'.html': 'text/html; charset=utf-8', '.js': 'text/javascript; charset=utf-8', '.css': 'text/css; charset=utf-8',
    '.json': 'application/json'};

function install(folder) {
    const lock = readFileSync(path.join(here, 'package-lock.json'), 'utf8'), mark = path.join(folder, 'installed.json');
    if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) return;
    mkdirSync(folder, {recursive: true});
    for (const name of ['package.json', 'package-lock.json']) copyFileSync(path.join(here, name), path.join(folder, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {cwd: folder, stdio: 'inherit'});
    writeFileSync(mark, lock);
}

// The folders of the two pages and the versions of what they show.
export async function buildPeers(folder) {
    install(folder);
    const modules = createRequire(path.join(folder, 'package.json'));
    const esbuild = modules('esbuild');
    for (const [name, entry] of [['svar', 'page_svar.jsx'], ['dhtmlx', 'page_dhtmlx.js']]) {
        const out = path.join(folder, 'site', name);
        mkdirSync(out, {recursive: true});
        await esbuild.build({entryPoints: {page: path.join(here, entry)}, outdir: out, bundle: true, minify: true, jsx: 'automatic',
            format: 'iife', target: 'chrome120', nodePaths: [path.join(folder, 'node_modules')], logLevel: 'error',
            define: {'process.env.NODE_ENV': '"production"'},
            loader: {'.woff': 'empty', '.woff2': 'empty', '.ttf': 'empty', '.svg': 'dataurl', '.png': 'dataurl'}});
        copyFileSync(path.join(here, 'peer.html'), path.join(out, 'index.html'));
    }
    const version = (name) => JSON.parse(readFileSync(path.join(folder, 'node_modules', name, 'package.json'), 'utf8')).version;
    return {site: path.join(folder, 'site'), versions: {svar: version('@svar-ui/react-gantt'), dhtmlx: version('dhtmlx-gantt')}};
}

// Serves the pages, and the plan of the moment as plan.json. Without the headers of our own site: the peers write inline styles.
export function servePeers(site) {
    const offered = {plan: ''};
    const server = createServer((request, response) => {
        const name = request.url.split('?')[0];
        const file = path.join(site, path.normalize(name).replace(/\/$/, '/index.html'));
        const isPlan = name.endsWith('/plan.json');
        if (!isPlan && (!file.startsWith(site) || !existsSync(file))) {
            response.writeHead(404).end();
            return;
        }
        response.writeHead(200, {'Content-Type': kTypes[path.extname(file)] ?? 'application/octet-stream'});
        response.end(isPlan ? offered.plan : readFileSync(file));
    });
    return new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve({
            address: `http://127.0.0.1:${server.address().port}/`,
            offer: (plan) => { offered.plan = plan; },
            close: () => new Promise((done) => { server.close(done); server.closeAllConnections?.(); }),
        }));
    });
}
