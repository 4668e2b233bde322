// Every shader of shaders/ compiles and links in the browser, each .vert with the .frag of its name.
import {readdir, readFile} from 'node:fs/promises';
import path from 'node:path';

import {openBrowser} from './lib/browser.mjs';
import {root} from './lib/paths.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';

const folder = path.join(root, 'shaders');

// As scripts/embed_shaders.py does it.
async function expand(file, seen = new Set([file])) {
    const lines = (await readFile(file, 'utf8')).split('\n');
    const parts = await Promise.all(lines.map(async (line) => {
        const match = /^\s*#include\s+"([\w.]+)"\s*$/.exec(line);
        if (!match) return line;
        const included = path.join(folder, match[1]);
        return seen.has(included) ? '' : expand(included, seen.add(included));
    }));
    return parts.join('\n');
}

// Runs in the page: '' where the pair links, else the compiler's own words.
function link([vertex, fragment]) {
    const gl = document.createElement('canvas').getContext('webgl2');
    const program = gl.createProgram();
    for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
        const shader = gl.createShader(kind);
        gl.shaderSource(shader, source);
        gl.compileShader(shader);
        if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS)) return gl.getShaderInfoLog(shader) || 'did not compile';
        gl.attachShader(program, shader);
    }
    gl.linkProgram(program);
    return gl.getProgramParameter(program, gl.LINK_STATUS) ? '' : gl.getProgramInfoLog(program) || 'did not link';
}

const names = [...new Set((await readdir(folder)).filter((name) => /\.(vert|frag)$/.test(name)).map((name) => path.parse(name).name))];

test('there are shaders', () => assert.ok(names.length >= 2, String(names)));
for (const name of names) {
    test(`${name} compiles and links`, async ({page}) => {
        const pair = [await expand(path.join(folder, `${name}.vert`)), await expand(path.join(folder, `${name}.frag`))];
        assert.equal(await page.evaluate(link, pair), '');
    });
}
test('a broken shader would be noticed', async ({page}) => {
    const good = await expand(path.join(folder, `${names[0]}.vert`));
    assert.notEqual(await page.evaluate(link, [good, '#version 300 es\nvoid main() { nothing = 1.0; }\n']), '');
});

await run({
    before: async () => {
        const browser = await openBrowser();
        const page = await browser.context.newPage();
        figure('renderer', await page.evaluate(() => {
            const gl = document.createElement('canvas').getContext('webgl2');
            const info = gl.getExtension('WEBGL_debug_renderer_info');
            return gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER);
        }));
        return {browser, page};
    },
    after: ({browser}) => browser.close(),
});
