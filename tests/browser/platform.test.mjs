// The web platform in real Chromium, through the harness: pointer, touch, keys, fields, focus, the mirror, sizes, idling,
// the loss of the graphics context. By role and name; coordinates only where touch and wheel need a place.
import {openBrowser, watch, settle, stats, axeViolations} from './lib/browser.mjs';
import {harness} from './lib/paths.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const button = (page, name) => page.getByRole('button', {name, exact: true});
const said = (page, start) => page.getByRole('status').filter({hasText: start}).first().textContent().then((text) => text.trim());
const hears = (page, start, rest) => eventually(() => said(page, start), `${start} ${rest}`);

async function enter(page, address) {
    await page.goto(address);
    await button(page, 'Try the sample').click();
    await page.getByRole('heading', {name: 'Harness'}).waitFor();
    await settle(page);
}

// A page of its own: another browser where the options need one.
async function fresh({address}, options, use) {
    const browser = await openBrowser(options);
    try {
        const page = await browser.context.newPage();
        const seen = watch(page, address);
        await enter(page, address);
        await use(page, browser);
        assert.deepEqual(seen.problems, []);
    } finally {
        await browser.close();
    }
}

test('a button is pressed by role, each click once', async ({page}) => {
    for (let count = 1; count <= 3; ++count) {
        await button(page, 'Add one').click();
        await hears(page, 'Count:', String(count));
    }
    await button(page, 'Plain button').click();
    await hears(page, 'Count:', '4');
});

test('keyboard, script and reader press once too; a disabled button does not', async ({page}) => {
    await button(page, 'Add one').focus();
    await page.keyboard.press('Enter');
    await hears(page, 'Count:', '5');
    await page.keyboard.press('Space');
    await hears(page, 'Count:', '6');
    await button(page, 'Plain button').evaluate((element) => element.click());
    await hears(page, 'Count:', '7');
    await button(page, 'Never').evaluate((element) => element.click());
    await settle(page);
    assert.equal(await said(page, 'Count:'), 'Count: 7');
    assert.equal(await button(page, 'Never').isDisabled(), true);
    assert.equal((await stats(page)).sequence, 7);
});

test('a screen reader\'s made-up press counts as a click, not as a press in the corner', async ({page}) => {
    await button(page, 'Add one').evaluate((element) => {
        for (const type of ['mousedown', 'mouseup', 'click']) {
            element.dispatchEvent(new MouseEvent(type, {bubbles: true, detail: 0, clientX: 0, clientY: 0}));
        }
    });
    await hears(page, 'Count:', '8');
});

test('check and uncheck work, on described and undescribed boxes', async ({page}) => {
    const box = page.getByRole('checkbox', {name: 'Described check'}), plain = page.getByRole('checkbox', {name: 'Plain check'});
    await box.check();
    await hears(page, 'Ticked:', 'yes');
    await plain.check();
    await hears(page, 'Ticked:', 'yes and plain');
    await settle(page);
    assert.deepEqual([await box.isChecked(), await plain.isChecked()], [true, true]);
    await box.uncheck();
    await plain.uncheck();
    await hears(page, 'Ticked:', 'no');
    await settle(page);
    assert.deepEqual([await box.isChecked(), await plain.isChecked()], [false, false]);
});

test('a field: typing is heard, Enter commits, Escape takes back, leaving commits', async ({page}) => {
    const title = page.getByRole('textbox', {name: 'Title'});
    assert.equal(await title.inputValue(), 'first');
    await title.fill('A new one');
    await hears(page, 'Draft:', 'A new one');
    await title.press('Enter');
    await hears(page, 'Heard:', 'Title = A new one');
    await title.fill('Not this');
    await title.press('Escape');
    await hears(page, 'Heard:', 'Title cancelled');
    assert.equal(await title.inputValue(), 'A new one');
    await title.fill('By leaving');
    await page.getByRole('textbox', {name: 'Notes'}).focus();
    await hears(page, 'Heard:', 'Title = By leaving');
    assert.equal(await title.inputValue(), 'By leaving');
    assert.equal(await title.getAttribute('placeholder'), 'Type here');
});

test('quick typing is not undone by an older echo', async ({page}) => {
    const title = page.getByRole('textbox', {name: 'Title'});
    await title.focus();
    await title.selectText();
    await page.keyboard.type('The quick brown fox jumps over the lazy dog', {delay: 1});
    await title.press('Enter');
    await hears(page, 'Heard:', 'Title = The quick brown fox jumps over the lazy dog');
});

test('an area: Enter is a new line, Ctrl+Enter commits', async ({page}) => {
    const notes = page.getByRole('textbox', {name: 'Notes'});
    await notes.fill('Dŵr');
    await notes.press('Enter');
    await notes.pressSequentially('ŷd');
    await notes.press('Control+Enter');
    await eventually(() => said(page, 'Heard:'), (text) => /Notes = Dŵr\s+ŷd/.test(text));
});

test('Enter while characters are being composed does not commit', async ({page, context}) => {
    const title = page.getByRole('textbox', {name: 'Title'});
    await title.fill('');
    await title.press('Enter');
    await hears(page, 'Heard:', 'Title =');
    const devtools = await context.newCDPSession(page);
    await devtools.send('Input.imeSetComposition', {text: 'かん', selectionStart: 2, selectionEnd: 2});
    await devtools.send('Input.dispatchKeyEvent', {type: 'rawKeyDown', key: 'Process', code: 'Enter', windowsVirtualKeyCode: 229});
    await settle(page);
    assert.equal(await said(page, 'Heard:'), 'Heard: Title =');
    await devtools.send('Input.insertText', {text: '漢'});
    await title.press('Enter');
    await hears(page, 'Heard:', 'Title = 漢');
});

test('a choice is a real select', async ({page}) => {
    const letter = page.getByRole('combobox', {name: 'Letter'});
    await letter.selectOption('Gamma');
    await hears(page, 'Chosen:', 'Gamma');
    await settle(page);
    assert.equal(await letter.evaluate((element) => element.selectedOptions[0].textContent), 'Gamma');
    await letter.focus();
    await page.keyboard.press('ArrowUp');
    await hears(page, 'Chosen:', 'Beta');
});

test('what is scrolled out comes into view when it is wanted', async ({page}) => {
    await button(page, 'Far 57').click();
    await hears(page, 'Far clicked:', '57');
    await button(page, 'Far 2').focus();
    await page.keyboard.press('Enter');
    await hears(page, 'Far clicked:', '2');
    await button(page, 'Far 40').evaluate((element) => element.scrollIntoView());
    await settle(page);
    const box = await button(page, 'Far 40').boundingBox();
    assert.ok(box.y > 0 && box.y < 768, JSON.stringify(box));
    assert.equal(await page.evaluate(() => document.getElementById('mirror').scrollTop), 0);
});

test('Tab goes through the mirror in reading order', async ({page}) => {
    await button(page, 'Add one').focus();
    const names = [];
    for (let step = 0; step < 9; ++step) {
        names.push(await page.evaluate(() => document.activeElement.getAttribute('aria-label')));
        await page.keyboard.press('Tab');
    }
    assert.deepEqual(names, ['Add one', 'Never', 'Plain button', 'Plain check', 'Described check', 'A link', 'Announce', 'Announce now',
        'Remove me']);
});

test('the focus stays while nodes change, and goes to a neighbour when its own disappears', async ({page}) => {
    await button(page, 'Add one').focus();
    for (let press = 0; press < 3; ++press) await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Add one');
    await button(page, 'Remove me').focus();
    await page.keyboard.press('Enter');
    await eventually(() => button(page, 'Remove me').count(), 0);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Copy text');
});

test('a modal dialog holds the focus, makes the rest inert, and gives the focus back', async ({page}) => {
    await button(page, 'Open dialog').focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', {name: 'Are you sure?'});
    await dialog.waitFor();
    await eventually(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Yes');
    assert.equal(await page.evaluate(() => document.querySelector('#mirror main').inert), true);
    assert.equal(await button(page, 'Add one').evaluate((element) => {
        element.focus();
        return document.activeElement === element;
    }), false);
    await dialog.getByRole('button', {name: 'No'}).click();
    await dialog.waitFor({state: 'detached'});
    await eventually(() => page.evaluate(() => document.activeElement.getAttribute('aria-label')), 'Open dialog');
    assert.equal(await page.evaluate(() => document.querySelectorAll('#mirror [inert]').length), 0);
});

test('a table is a grid with counted rows; its chosen row is in Tab order', async ({page}) => {
    const table = page.getByRole('grid', {name: 'Tasks'});
    assert.equal(await table.getAttribute('aria-rowcount'), '5');
    const row = table.getByRole('row', {name: 'Task 4'});
    assert.equal(await row.getAttribute('aria-rowindex'), '4');
    assert.equal(await table.getByRole('gridcell', {name: 'Days 4'}).getAttribute('aria-colindex'), '2');
    await row.focus();
    await page.keyboard.press('Enter');
    await hears(page, 'Row:', '4');
    await eventually(() => row.getAttribute('aria-selected'), 'true');
    assert.deepEqual(await table.getByRole('row').evaluateAll((rows) => rows.map((element) => element.getAttribute('tabindex'))),
        [null, '-1', '-1', '0', '-1']);
});

test('sentences are said once, politely or at once', async ({page}) => {
    await button(page, 'Announce').click();
    await eventually(() => page.locator('#live-polite').textContent(), 'Said once');
    await button(page, 'Announce now').click();
    await eventually(() => page.locator('#live-assertive').textContent(), 'Said at once');
});

test('keys: the program has its own, the browser keeps its zoom, a field keeps what is typed', async ({page}) => {
    await page.evaluate(() => {
        window.kept = {};
        window.addEventListener('keydown', (event) => {
            window.kept[`${event.ctrlKey ? 'Ctrl+' : ''}${event.key}`] = event.defaultPrevented;
        });
    });
    await button(page, 'Add one').focus();
    await page.keyboard.press('Control+k');
    await hears(page, 'Key:', 'Ctrl+K');
    await page.keyboard.press('Shift+Slash');
    await hears(page, 'Key:', '?');
    await page.keyboard.press('ArrowDown');
    await hears(page, 'Key:', 'Down');
    await page.keyboard.press('Escape');
    await hears(page, 'Key:', 'Escape');
    await page.keyboard.press('Control+Equal');
    await page.keyboard.press('Control+j');
    const kept = await page.evaluate(() => window.kept);
    assert.deepEqual([kept['Ctrl+k'], kept['Ctrl+='], kept['Ctrl+j'], kept['?']], [true, false, false, false]);
    const title = page.getByRole('textbox', {name: 'Title'});
    await title.focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.type('??');
    await settle(page);
    assert.equal(await said(page, 'Key:'), 'Key: Escape');
    await page.keyboard.press('Control+k');
    await hears(page, 'Key:', 'Ctrl+K');
    await title.press('Enter');
});

test('wheel scrolls, Ctrl and wheel zooms only where an item wants it', async ({page}) => {
    const far = await button(page, 'Far 39').boundingBox();
    await page.mouse.move(far.x + 20, far.y + 10);
    const before = await button(page, 'Far 40').boundingBox();
    await page.mouse.wheel(0, 120);
    await settle(page);
    const after = await button(page, 'Far 40').boundingBox();
    assert.ok(after.y < before.y, `${before.y} -> ${after.y}`);
    const bars = await page.getByRole('img', {name: 'Bars'}).boundingBox();
    await page.mouse.move(bars.x + 20, bars.y + 10);
    await settle(page);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -120);
    await page.keyboard.up('Control');
    await hears(page, 'Zoom:', 'in');
});

test('a right click is one', async ({page}) => {
    await button(page, 'Add one').click({button: 'right'});
    await hears(page, 'Right clicks:', '1');
});

test('text is copied', async ({page, context, address}) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'], {origin: new URL(address).origin});
    await button(page, 'Copy text').click();
    await hears(page, 'Heard:', 'copied');
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'from the canvas');
});

test('a link has an address, and Back is heard', async ({page}) => {
    const link = page.getByRole('link', {name: 'A link'});
    assert.equal(await link.getAttribute('href'), '#/plan/7');
    await link.click();
    await eventually(() => page.evaluate(() => location.hash), '#/plan/7');
    await page.goBack();
    await eventually(() => page.evaluate(() => location.hash), '');
    await page.goForward();
    await hears(page, 'Address:', '/plan/7');
});

test('hiding the page flushes', async ({page}) => {
    const before = Number(await page.evaluate(() => localStorage.getItem('entente.flushed')));
    await page.evaluate(() => window.dispatchEvent(new Event('pagehide')));
    assert.equal(Number(await page.evaluate(() => localStorage.getItem('entente.flushed'))), before + 1);
});

test('the theme follows the system', async ({page}) => {
    await page.emulateMedia({colorScheme: 'light'});
    await eventually(() => page.evaluate(() => document.documentElement.dataset.theme), 'light');
    await page.emulateMedia({colorScheme: 'dark'});
    await eventually(() => page.evaluate(() => document.documentElement.dataset.theme), 'dark');
});

test('after the graphics context was lost, the same picture comes back', async ({page}) => {
    await page.mouse.move(700, 760);
    await settle(page);
    const before = await page.screenshot();
    await page.evaluate(() => {
        const canvas = document.getElementById('canvas');
        window.heard = [];
        for (const event of ['lost', 'restored']) canvas.addEventListener(`webglcontext${event}`, () => window.heard.push(event));
        window.loser = canvas.getContext('webgl2').getExtension('WEBGL_lose_context');
        window.loser.loseContext();
    });
    await eventually(() => page.evaluate(() => window.heard.join()), 'lost');
    await page.evaluate(() => window.loser.restoreContext());
    await eventually(() => page.evaluate(() => window.heard.join()), 'lost,restored', 20000);
    await eventually(async () => before.equals(await page.screenshot()), true, 10000);
});

test('axe finds nothing in the mirror', async ({page}) => {
    assert.deepEqual(await axeViolations(page), []);
});

test('idle for 10 seconds: no frame, no timer', async ({page}) => {
    await page.mouse.move(700, 760);
    await settle(page, 600);
    const before = await stats(page);
    await page.evaluate(() => {
        window.asked = 0;
        for (const name of ['requestAnimationFrame', 'setTimeout', 'setInterval']) {
            const real = window[name];
            window[name] = (...rest) => { window.asked += 1; return real.apply(window, rest); };
        }
    });
    await new Promise((resolve) => setTimeout(resolve, 10000));
    const after = await stats(page), asked = await page.evaluate(() => window.asked);
    figure('frames drawn in 10 s of idling', after.frames - before.frames);
    assert.equal(after.frames, before.frames);
    assert.equal(asked, 0);
    figure('CPU of a harness frame, last and p95, ms', `${after.last_frame_ms.toFixed(2)}, ${after.p95_frame_ms.toFixed(2)}`);
});

test('the canvas follows the window to the pixel', async ({page}) => {
    for (const [width, height] of [[1024, 700], [1366, 768]]) {
        await page.setViewportSize({width, height});
        const size = () => page.evaluate(() => `${document.getElementById('canvas').width}x${document.getElementById('canvas').height}`);
        await eventually(size, `${width}x${height}`);
    }
    await settle(page);
    await button(page, 'Add one').click();
});

for (const ratio of [1.25, 2]) {
    test(`at ${ratio} device pixels the canvas is exact and clicks land`, async (given) => {
        await fresh(given, {deviceScaleFactor: ratio, viewport: {width: 1200, height: 760}}, async (page) => {
            const size = await page.evaluate(() => [document.getElementById('canvas').width, document.getElementById('canvas').height]);
            assert.deepEqual(size, [Math.round(1200 * ratio), Math.round(760 * ratio)]);
            await button(page, 'Add one').click();
            await hears(page, 'Count:', '1');
            await page.getByRole('textbox', {name: 'Title'}).fill('sharp');
            await page.getByRole('textbox', {name: 'Title'}).press('Enter');
            await hears(page, 'Heard:', 'Title = sharp');
        });
    });
}

test('browser zoom, there and back: the canvas keeps its pixels, text and elements grow', async ({page, context}) => {
    const devtools = await context.newCDPSession(page);
    const before = await button(page, 'Add one').boundingBox();
    await settle(page);
    const plain = await stats(page);
    await devtools.send('Emulation.setDeviceMetricsOverride', {width: 1093, height: 614, deviceScaleFactor: 1.25, mobile: false});
    await eventually(() => page.evaluate(() => [document.getElementById('canvas').width, devicePixelRatio].join()), '1366,1.25');
    await eventually(async () => (await stats(page)).frames > plain.frames, true);
    await settle(page);
    // In CSS pixels an item is as large as before: 1.25 times as many device pixels.
    const zoomed = await button(page, 'Add one').boundingBox();
    assert.ok(Math.abs(zoomed.width - before.width) < 1 && Math.abs(zoomed.height - before.height) < 1, JSON.stringify([before, zoomed]));
    const count = Number((await said(page, 'Count:')).slice(7));
    await button(page, 'Add one').click();
    await hears(page, 'Count:', String(count + 1));
    await devtools.send('Emulation.clearDeviceMetricsOverride');
    await page.setViewportSize({width: 1366, height: 768});
    await eventually(() => page.evaluate(() => [document.getElementById('canvas').width, devicePixelRatio].join()), '1366,1');
});

test('on a display of 1.25 device pixels everything lies on whole pixels', async (given) => {
    await fresh(given, {viewport: null, arguments: ['--force-device-scale-factor=1.25', '--window-size=1300,900']}, async (page) => {
        const [width, height, ratio, wide, high] = await page.evaluate(() => {
            const canvas = document.getElementById('canvas');
            return [canvas.width, canvas.height, devicePixelRatio, innerWidth, innerHeight];
        });
        assert.equal(ratio, 1.25);
        assert.ok(Math.abs(width - wide * ratio) < 1 && Math.abs(height - high * ratio) < 1, `${width} x ${height} for ${wide} x ${high}`);
        await button(page, 'Add one').click();
        await hears(page, 'Count:', '1');
    });
});

test('in forced colours the page still answers, with a visible focus', async (given) => {
    await fresh(given, {forcedColors: 'active'}, async (page) => {
        await page.keyboard.press('Tab');
        await button(page, 'Add one').focus();
        await page.keyboard.press('Tab');
        const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.equal(outline, 'solid');
        await button(page, 'Add one').click();
        await hears(page, 'Count:', '1');
        assert.deepEqual(await axeViolations(page), []);
    });
});

test('fingers: a tap clicks, held still is a right click, two pinch', async (given) => {
    await fresh(given, {hasTouch: true}, async (page, {context}) => {
        await button(page, 'Add one').tap();
        await hears(page, 'Count:', '1');
        const devtools = await context.newCDPSession(page);
        const touch = (type, ...points) =>
            devtools.send('Input.dispatchTouchEvent', {type, touchPoints: points.map(([x, y], id) => ({x, y, id}))});
        const place = await button(page, 'Add one').boundingBox();
        await touch('touchStart', [place.x + 20, place.y + 10]);
        await hears(page, 'Right clicks:', '1');
        await touch('touchEnd');
        await settle(page);
        assert.equal(await said(page, 'Count:'), 'Count: 1');
        const bars = await page.getByRole('img', {name: 'Bars'}).boundingBox();
        const [x, y] = [bars.x + 120, bars.y + 20];
        await touch('touchStart', [x - 20, y], [x + 20, y]);
        for (let step = 1; step <= 6; ++step) {
            await touch('touchMove', [x - 20 - step * 8, y], [x + 20 + step * 8, y]);
            await page.waitForTimeout(30);
        }
        await touch('touchEnd');
        await hears(page, 'Zoom:', 'in');
    });
});

test('no errors, no breach of the policy, no foreign request', ({seen}) => {
    assert.ok(seen.requests.length > 5, 'requests were watched');
    assert.deepEqual(seen.problems, []);
});

await run({
    before: async () => {
        const server = await serve({root: harness});
        const browser = await openBrowser();
        // Drawn by WebGL2, as on a large screen: a small one is painted (timeline.test.mjs holds both pictures against each other).
        await browser.context.addInitScript(() => localStorage.setItem('entente.renderer', 'webgl2'));
        const page = await browser.context.newPage();
        const seen = watch(page, server.address);
        await enter(page, server.address);
        return {server, browser, context: browser.context, page, seen, address: server.address};
    },
    after: async ({server, browser}) => {
        await browser.close();
        await server.close();
    },
});
