// Takes the pictures of README from the running program: every room at 1366x768, dark and light, with the sample project, and the
// status page as a telephone shows it. Writes assets/screenshots/*.png. Needs the built site (scripts/run.sh --build-only).
//   node scripts/screenshots.mjs [FOLDER]
import {mkdirSync} from 'node:fs';
import path from 'node:path';

import {openBrowser, settle} from '../tests/browser/lib/browser.mjs';
import {root, site} from '../tests/browser/lib/paths.mjs';
import {serve} from './serve.mjs';

const folder = process.argv[2] ?? path.join(root, 'assets/screenshots');

async function rooms(page, mirror, theme) {
    const shoot = async (name) => {
        await settle(page);
        await page.mouse.move(700, 60);
        await settle(page);
        await page.screenshot({path: path.join(folder, `${name}-${theme}.png`)});
    };
    const go = (name) => mirror.getByRole('link', {name: new RegExp(`^${name}`)}).click();
    await go('Today');
    await shoot('today');
    await go('Plan');
    await mirror.getByRole('row', {name: /^Picture lock/}).or(mirror.getByRole('button', {name: /^Picture lock/})).first().click();
    await shoot('plan');
    await go('Changes');
    await shoot('changes-list');
    await mirror.getByRole('row', {name: /one more week of grade/}).first().click();
    await shoot('changes');
    await go('Share');
    await mirror.getByRole('textbox', {name: /^For whom/}).first().fill("the client's producer (sample)");
    await mirror.getByRole('button', {name: 'Make the link'}).click();
    await mirror.getByRole('button', {name: 'Copy the link', exact: true}).waitFor();
    await shoot('share');
    await go('Workspace');
    await shoot('workspace');
}

async function statusPage(page, mirror, theme) {
    await mirror.getByRole('link', {name: /^Share/}).click();
    const [tab] = await Promise.all([page.context().waitForEvent('page'),
        mirror.getByRole('button', {name: /^Open/}).first().click()]);
    await tab.setViewportSize({width: 390, height: 844});
    await tab.getByRole('heading', {level: 1}).waitFor();
    await tab.screenshot({path: path.join(folder, `status-${theme}.png`)});
}

mkdirSync(folder, {recursive: true});
const server = await serve({root: site});
for (const theme of ['dark', 'light']) {
    const browser = await openBrowser({colorScheme: theme});
    try {
        const page = await browser.context.newPage();
        await page.goto(server.address);
        await page.getByRole('button', {name: 'Try the sample'}).waitFor();
        await page.screenshot({path: path.join(folder, `first-${theme}.png`)});
        await page.getByRole('button', {name: 'Try the sample'}).click();
        const mirror = page.locator('#mirror');
        await mirror.getByRole('link', {name: /^Today/}).waitFor();
        await rooms(page, mirror, theme);
        await statusPage(page, mirror, theme);
    } finally {
        await browser.close();
    }
}
await server.close();
console.log(`wrote ${folder}`);
