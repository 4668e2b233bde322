// The first screen, before any program: it is there at once, in two languages and two themes, usable by keyboard and reader on a
// laptop and on a phone; what is submitted while the program loads is not lost; and with the service worker it needs no network.
import {openBrowser, watch, axeViolations} from './lib/browser.mjs';
import {harness} from './lib/paths.mjs';
import {assert, eventually, figure, run, test} from './lib/suite.mjs';
import {serve} from '../../scripts/serve.mjs';

const button = (page, name) => page.getByRole('button', {name, exact: true});

// A page of its own with an empty storage.
async function fresh({browser, address}, use, options = {}) {
    const page = await browser.context.newPage();
    const seen = watch(page, address);
    if (options.size) await page.setViewportSize(options.size);
    if (options.media) await page.emulateMedia(options.media);
    await page.goto(address);
    await page.evaluate(() => localStorage.clear());
    await page.goto(address);
    try {
        await use(page, seen);
        if (!options.problems) assert.deepEqual(seen.problems, []);
    } finally {
        await page.close();
    }
}

// The service worker would answer before a route of the test does.
async function withoutWorker({address}, use, options) {
    const browser = await openBrowser({serviceWorkers: 'block'});
    try {
        await fresh({browser, address}, use, options);
    } finally {
        await browser.close();
    }
}

const fits = (page) => page.evaluate(() => {
    const first = document.getElementById('first');
    return first.scrollWidth <= first.clientWidth && [...first.querySelectorAll('button, input, h1')].every((element) => {
        const box = element.getBoundingClientRect();
        return box.width === 0 || (box.left >= 0 && box.right <= innerWidth);
    });
});

test('it is painted soon after the navigation', async (given) => {
    const times = [];
    for (let turn = 0; turn < 3; ++turn) {
        await fresh(given, async (page) => {
            await page.getByRole('heading', {name: 'Make a workspace'}).waitFor();
            const painted = () => page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
            times.push(await eventually(painted, (time) => time > 0));
        });
    }
    figure('first screen painted after, ms', times.map(Math.round).sort((a, b) => a - b).join(', '));
});

const devices = {laptop: {width: 1366, height: 768}, phone: {width: 390, height: 844}};
for (const [device, colorScheme] of [['laptop', 'dark'], ['laptop', 'light'], ['phone', 'dark'], ['phone', 'light']]) {
    test(`on a ${device}, ${colorScheme}: nothing is cut off, axe finds nothing, in English and in Welsh`, async (given) => {
        await fresh(given, async (page) => {
            assert.ok(await fits(page), 'something is cut off');
            assert.deepEqual(await axeViolations(page), []);
            await page.getByRole('radio', {name: 'Cymraeg'}).check();
            assert.equal(await page.evaluate(() => document.documentElement.lang), 'cy');
            assert.ok(await fits(page), 'something is cut off in Welsh');
            assert.deepEqual(await axeViolations(page), []);
            await page.reload();
            assert.equal(await page.evaluate(() => document.documentElement.lang), 'cy');
            assert.equal(await page.getByRole('heading', {name: 'Make a workspace'}).count(), 0);
        }, {size: devices[device], media: {colorScheme}});
    });
}

test('a new workspace: what is missing is said, then it is made', async (given) => {
    await fresh(given, async (page) => {
        const house = page.getByLabel('Name of your house'), again = page.getByLabel('Passphrase again');
        const pass = page.getByLabel('Passphrase', {exact: true});
        const problem = page.locator('#problem');
        await button(page, 'Make workspace').click();
        assert.match(await problem.textContent(), /Give your house a name/);
        await house.fill('Tŷ Ffilm');
        await pass.fill('short');
        await button(page, 'Make workspace').click();
        assert.match(await problem.textContent(), /at least 10 characters/);
        await pass.fill('aaaaaaaaaaaaaa');
        assert.match(await page.locator('#strength').textContent(), /Easy to guess/);
        await pass.fill('lantern kite moss quay barn');
        // The lists of words, by which it is judged, come over the net.
        await eventually(() => page.locator('#strength').textContent(), (text) => /Strong/.test(text));
        await again.fill('lantern kite moss key barn');
        await button(page, 'Make workspace').click();
        assert.match(await problem.textContent(), /not the same/);
        await again.fill('lantern kite moss quay barn');
        await page.keyboard.press('Enter');
        await page.getByRole('heading', {name: 'Tŷ Ffilm'}).waitFor();
        await eventually(() => page.title(), 'Tŷ Ffilm 27');
        assert.equal(await page.evaluate(() => localStorage.getItem('entente.workspace')), '1');
    });
});

for (const [language, file] of [['English', 'words.txt'], ['Cymraeg', 'words_cy.txt']]) {
    test(`six words are offered in ${language}: from the list, different each time, with their bits`, async (given) => {
        await fresh(given, async (page) => {
            await page.getByLabel(language).check();
            const pass = page.locator('#passphrase');
            const words = (await (await page.request.get(`${given.address}${file}`)).text()).split(/\s+/).filter(Boolean);
            const list = new Set(words);
            assert.equal(list.size, words.length, 'no word stands twice');
            const offers = [];
            for (let turn = 0; turn < 3; ++turn) {
                await page.locator('.under button').click();
                await eventually(() => pass.inputValue(), (value) => value !== '' && value !== offers[turn - 1]);
                offers.push(await pass.inputValue());
            }
            for (const offer of offers) {
                assert.equal(offer.split(' ').length, 6);
                assert.ok(offer.split(' ').every((word) => list.has(word)), offer);
            }
            const bits = Math.floor(6 * Math.log2(list.size));
            figure(`words to draw from, ${language}`, list.size);
            assert.ok(bits >= 62);
            assert.match(await page.locator('#strength').textContent(), new RegExp(`${bits} `));
            assert.equal(await page.locator('#again').inputValue(), offers[2]);
            assert.equal(await pass.getAttribute('type'), 'text');
        });
    });
}

test('unlock: a wrong passphrase is said and selected, a right one is busy', async (given) => {
    await fresh(given, async (page) => {
        await page.evaluate(() => localStorage.setItem('entente.workspace', '1'));
        await page.reload();
        const pass = page.getByLabel('Passphrase');
        await eventually(() => pass.evaluate((element) => element === document.activeElement), true);
        assert.equal(await pass.getAttribute('autocomplete'), 'current-password');
        await pass.fill('wrong');
        await button(page, 'Unlock').click();
        await page.getByRole('alert').filter({hasText: 'does not open'}).waitFor();
        const selected = (field) => [field === document.activeElement, field.selectionStart, field.selectionEnd];
        assert.deepEqual(await pass.evaluate(selected), [true, 0, 5]);
        await button(page, 'Show').click();
        assert.equal(await pass.getAttribute('type'), 'text');
        // The same letters, composed otherwise: six bytes in the form that the program gets.
        await pass.fill('dw\u0302r\u0065\u0301');
        await pass.press('Enter');
        await page.getByRole('status').filter({hasText: 'Opening for 6'}).waitFor();
        assert.equal(await pass.isDisabled(), true);
        assert.deepEqual(await axeViolations(page), []);
    });
});

test('what is submitted before the program has loaded waits for it', async (given) => {
    let release;
    const held = new Promise((resolve) => { release = resolve; });
    await withoutWorker(given, async (page) => {
        await page.evaluate(() => localStorage.setItem('entente.workspace', '1'));
        await page.route('**/app.js', async (route) => {
            await held;
            await route.continue();
        });
        await page.reload({waitUntil: 'commit'});
        await page.getByLabel('Passphrase').fill('abc');
        await button(page, 'Unlock').click();
        await page.getByRole('status').filter({hasText: 'still loading'}).waitFor();
        release();
        await page.getByRole('status').filter({hasText: 'Opening for 3'}).waitFor();
    });
});

test('a program that cannot be loaded is said, with a way to try again', async (given) => {
    await withoutWorker(given, async (page) => {
        await page.route('**/app.wasm', (route) => route.abort());
        await page.reload();
        await page.getByRole('alert').filter({hasText: 'could not be loaded'}).waitFor();
        assert.equal(await button(page, 'Try again').evaluate((element) => element === document.activeElement), true);
    }, {problems: true});
});

test('with the service worker it opens without a network, and every kept file is what the build made', async (given) => {
    await fresh(given, async (page) => {
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        const kept = await page.evaluate(async () => (await (await caches.open('entente-site')).keys()).length);
        figure('files kept for use without a network', kept);
        assert.ok(kept > 10);
        await given.browser.context.setOffline(true);
        try {
            await page.reload();
            await button(page, 'Try the sample').click();
            await page.getByRole('heading', {name: 'Harness'}).waitFor();
        } finally {
            await given.browser.context.setOffline(false);
        }
    });
});

test('it can be installed', async (given) => {
    await fresh(given, async (page) => {
        await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
        const devtools = await given.browser.context.newCDPSession(page);
        const {installabilityErrors} = await devtools.send('Page.getInstallabilityErrors');
        assert.deepEqual(installabilityErrors, []);
    });
});

await run({
    before: async () => {
        const server = await serve({root: harness});
        return {server, browser: await openBrowser(), address: server.address};
    },
    after: async ({server, browser}) => {
        await browser.close();
        await server.close();
    },
});
