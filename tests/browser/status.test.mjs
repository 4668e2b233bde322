// The status page in real Chromium, as someone meets it who has nothing but the link: a fresh profile each time.
import {readFile} from 'node:fs/promises';
import path from 'node:path';

import {serve} from '../../scripts/serve.mjs';
import {openBrowser, watch} from './lib/browser.mjs';
import {load, root, site} from './lib/paths.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';

const kToday = Date.UTC(2026, 4, 21, 10);
const kPassphrase = 'seven quiet lamps by the harbour';
const axe = await readFile(load.resolve('axe-core/axe.min.js'), 'utf8');

async function golden(name) {
    return (await readFile(path.join(root, `tests/data/share/golden-1-${name}.link`), 'utf8')).trim();
}

// Links are dated; the page's clock stands where they are fresh. Runs in the page.
function fixDate(at) {
    const Real = Date;
    globalThis.Date = class extends Real {
        constructor(...values) {
            if (values.length) super(...values);
            else super(at);
        }
        static now() { return at; }
    };
}

const shown = (page) => page.waitForFunction(() => performance.getEntriesByName('entente-shown').length > 0);

// Runs `use` with a page of a new browser; whatever goes wrong on it fails the step.
async function fresh({server, options = {}, today = kToday}, use) {
    const browser = await openBrowser({viewport: {width: 390, height: 844}, ...options});
    try {
        const page = browser.context.pages()[0] ?? await browser.context.newPage();
        await page.addInitScript(fixDate, today);
        const watched = watch(page, server.address);
        await use(page, watched, browser.context);
        await page.waitForLoadState('networkidle');
        assert.deepEqual(watched.problems, []);
    } finally {
        await browser.close();
    }
}

async function open(page, server, link) {
    await page.goto(`${server.address}status.html${link}`);
    await shown(page);
}

// The page goes to another link without being loaded again.
async function follow(page, link) {
    await page.evaluate((hash) => { window.location.hash = hash; }, link);
}

async function check(page, what) {
    // The policy of the page forbids script tags, not the test's own door.
    await page.evaluate(axe);
    const {violations} = await page.evaluate(() => window.axe.run(document, {
        runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    }));
    const lines = violations.map((v) => `${v.id}: ${v.nodes.map((node) => `${node.target} ${node.failureSummary}`).join('; ')}`);
    assert.deepEqual(lines, [], `axe, ${what}`);
}

const width = (page) => page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);

test('a link opens for someone who has nothing else', ({server}) => fresh({server}, async (page, {requests}) => {
    await open(page, server, await golden('feature'));
    const time = await page.evaluate(() => performance.getEntriesByName('entente-shown')[0].startTime);
    figure('status page shown after navigation, ms', Math.round(time));
    assert.equal(await page.title(), 'The Long Field – Harbour Street Post');
    await page.getByRole('heading', {name: 'The Long Field', level: 1}).waitFor();
    for (const name of ['We need from you', 'Dates', 'What moved', 'Changes', 'Work', 'Actions', 'Risks', 'Rounds', 'Agreed lately']) {
        await page.getByRole('heading', {name, level: 2, exact: true}).waitFor();
    }
    assert.equal(await page.getByRole('row').count(), 13);
    assert.equal(await page.getByRole('progressbar').count(), 12);
    await page.getByText('galleon · limpet · cloud · pitcher · marble · margin').waitFor();
    await page.getByText('by Fri 22 May, tomorrow').waitFor();
    assert.ok(requests.every((address) => !address.includes('#') && !address.includes('e1i')), 'the link leaves the page');
    await check(page, 'light');
}));

test('it is shown in half a second', ({server}) => fresh({server}, async (page) => {
    const link = await golden('feature');
    const times = [];
    for (let i = 0; i < 5; ++i) {
        await page.goto('about:blank');
        await open(page, server, link);
        await page.waitForLoadState('networkidle');
        times.push(Math.round(await page.evaluate(() => performance.getEntriesByName('entente-shown')[0].startTime)));
    }
    figure('status page shown, five visits, ms', times.join(' '));
    figure('bytes over the wire, first visit', await page.evaluate(() => performance.getEntriesByType('resource')
        .reduce((sum, entry) => sum + entry.encodedBodySize, 0)));
    assert.equal(times.length, 5);
}));

test('nothing of it reaches another page', ({server}) => fresh({server}, async (page) => {
    await open(page, server, await golden('feature'));
    assert.equal(await page.evaluate(() => document.querySelector('meta[name=referrer]').content), 'no-referrer');
    assert.equal(await page.locator('a, img, iframe, script:not([src]), style, [style]').count(), 0);
    const stored = await page.evaluate(() => JSON.stringify(localStorage));
    assert.ok(!stored.includes((await golden('feature')).slice(30, 60)), 'the link is kept on the device');
}));

test('Welsh: the page, and what the house wrote in it', ({server}) => fresh({server}, async (page) => {
    await open(page, server, await golden('welsh'));
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'cy');
    await page.getByRole('heading', {name: 'Dyddiadau'}).waitFor();
    await check(page, 'Welsh');
    await page.getByRole('button', {name: 'English'}).click();
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Cymraeg');
    assert.equal(await page.locator('h1').getAttribute('lang'), 'cy');
    await page.getByRole('heading', {name: 'Dates'}).waitFor();
    await page.reload();
    await shown(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), 'en');  // what was chosen stays
}));

test('narrow, large text, dark, forced colours', async ({server}) => {
    const link = await golden('feature');
    const looks = [
        {viewport: {width: 320, height: 640}, colorScheme: 'dark'},
        {viewport: {width: 320, height: 640}, forcedColors: 'active', reducedMotion: 'reduce'},
        {viewport: {width: 1366, height: 768}, colorScheme: 'dark'},
    ];
    for (const options of looks) {
        await fresh({server, options}, async (page) => {
            await open(page, server, link);
            for (const size of ['100%', '200%']) {
                await page.evaluate((value) => { document.documentElement.style.fontSize = value; }, size);
                const [scroll, client] = await width(page);
                assert.ok(scroll <= client, `${JSON.stringify(options)} ${size}: ${scroll} > ${client}`);
            }
            await page.evaluate(() => { document.documentElement.style.fontSize = ''; });
            await check(page, JSON.stringify(options));
            if (process.env.ENTENTE_SHOTS) {
                const name = `status-${options.viewport.width}-${options.colorScheme ?? 'forced'}.png`;
                await page.screenshot({path: path.join(process.env.ENTENTE_SHOTS, name), fullPage: true});
            }
        });
    }
});

test('print: light, all of it, without buttons', ({server}) => fresh({server, options: {colorScheme: 'dark'}}, async (page) => {
    await open(page, server, await golden('feature'));
    await page.evaluate(() => { window.print = () => { window.printed = true; }; });
    await page.getByRole('button', {name: 'Print'}).click();
    assert.ok(await page.evaluate(() => window.printed));
    await page.emulateMedia({media: 'print'});
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(255, 255, 255)');
    assert.equal(await page.getByRole('button').filter({visible: true}).count(), 0);
    const pdf = await page.pdf({format: 'A4'});
    const pages = pdf.toString('latin1').match(/\/Type\s*\/Page\b/g).length;
    figure('printed pages, A4', pages);
    assert.ok(pages >= 2 && pages <= 6, String(pages));
}));

test('expired: shown, and said first', ({server}) => fresh({server, today: Date.UTC(2026, 5, 20)}, async (page) => {
    await open(page, server, await golden('feature'));
    await page.getByRole('heading', {name: 'This link expired on Wed 3 Jun 2026'}).waitFor();
    const order = await page.evaluate(() => [...document.querySelectorAll('h2')].map((heading) => heading.textContent));
    assert.match(order[0], /^■This link expired on/);
    await page.getByRole('heading', {name: 'Dates'}).waitFor();
    await check(page, 'expired');
}));

test('damaged, cut short, newer, foreign and empty: each says what it is', ({server}) => fresh({server}, async (page) => {
    const link = await golden('feature');
    const cases = [
        [link.slice(0, 600) + (link[600] === 'A' ? 'B' : 'A') + link.slice(601), 'This link was altered or damaged. It was not opened.'],
        [link.slice(0, 900), 'This link is not complete: its end is missing.'],
        [link.replace('#e1i', '#e2i'), 'This link was made by a newer version of Entente than this page can read.'],
        ['#e1h.abcdef.ghijkl', 'This page does not read this kind of link.'],
        ['#section-2', 'This is not a status link.'],
        ['#' + 'A'.repeat(1_000_000), 'This is not a status link.'],
    ];
    await page.goto(`${server.address}status.html`);
    await shown(page);
    await page.getByRole('heading', {name: 'A status page without a status'}).waitFor();
    await check(page, 'empty');
    for (const [hash, text] of cases) {
        await follow(page, hash);
        await page.getByRole('alert').filter({hasText: text}).waitFor();
        assert.equal(await page.getByText('The Long Field').count(), 0);
    }
    await check(page, 'damaged');
    await follow(page, link);  // and a good one opens again
    await page.getByRole('heading', {name: 'The Long Field', level: 1}).waitFor();
}));

test('a passphrase: wrong, then right, by keyboard', ({server}) => fresh({server, today: Date.UTC(2026, 1, 18)}, async (page) => {
    await open(page, server, await golden('passphrase'));
    const field = page.getByLabel('Passphrase');
    await eventually(() => field.evaluate((element) => element === document.activeElement), true);
    assert.equal(await page.getByText('Kettle').count(), 0);
    await check(page, 'locked');
    await page.keyboard.type('seven quiet lamps');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({hasText: 'This passphrase does not open the link.'}).waitFor();
    assert.equal(await page.getByLabel('Passphrase').getAttribute('aria-invalid'), 'true');
    await check(page, 'wrong passphrase');
    await page.getByLabel('Passphrase').fill(kPassphrase);
    const begun = Date.now();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', {name: 'Kettle, 60/30/20', level: 1}).waitFor();
    figure('from passphrase to status, ms', Date.now() - begun);
    assert.ok(!(await page.evaluate(() => JSON.stringify(localStorage))).includes('lamps'));
}));

test('another key is said plainly, an older revision is refused', ({server}) => fresh({server}, async (page) => {
    await open(page, server, await golden('feature'));
    await follow(page, await golden('feature-older'));
    await page.getByRole('heading', {name: 'There is a newer status'}).waitFor();
    assert.equal(await page.getByText('Picture lock').count(), 0);
    await follow(page, await golden('feature-other-key'));
    await page.getByRole('heading', {name: 'Signed with another key than before'}).waitFor();
    await check(page, 'another key');
    await page.reload();
    await page.getByRole('heading', {name: 'Signed with another key than before'}).waitFor();
    await page.getByRole('button', {name: 'The words are right: trust the new key'}).click();
    await eventually(() => page.getByText('Signed with another key than before').count(), 0);
    await follow(page, await golden('feature'));
    await page.getByRole('heading', {name: 'Signed with another key than before'}).waitFor();
}));

// Scripts are switched off in the browser itself, so the page is read through its accessibility tree.
test('without JavaScript it says what it needs', async ({server}) => {
    const browser = await openBrowser({arguments: ['--blink-settings=scriptEnabled=false']});
    try {
        const page = browser.context.pages()[0];
        await page.goto(`${server.address}status.html${await golden('feature')}`);
        const devtools = await browser.context.newCDPSession(page);
        const {nodes} = await devtools.send('Accessibility.getFullAXTree');
        const text = nodes.map((node) => node.name?.value ?? '').join('\n');
        assert.match(text, /It needs JavaScript, which is switched off here\./);
        assert.match(text, /Mae angen JavaScript arni/);
    } finally {
        await browser.close();
    }
});

test('where the module does not arrive it says so', async ({server}) => {
    const browser = await openBrowser({viewport: {width: 390, height: 844}});
    try {
        const page = browser.context.pages()[0];
        await page.route('**/status.wasm', (route) => route.abort());
        await page.goto(`${server.address}status.html${await golden('feature')}`);
        await page.getByText('This page could not start.').waitFor();
        await page.getByText('Ni allai’r dudalen hon gychwyn.').waitFor();
    } finally {
        await browser.close();
    }
});

await run({
    before: async () => ({server: await serve({root: site, port: 0})}),
    after: ({server}) => server.close(),
});
