// Real Chromium for the tests: a profile on disk (storage as a person has it), the flags that keep it quiet and off the
// network, and a page that remembers every error, every breach of the content security policy and every request.
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

import {load} from './paths.mjs';

const kArguments = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync'];

// One browser with one profile. options: viewport, deviceScaleFactor, hasTouch, colorScheme, profile (kept; else a new one,
// removed at close), and whatever else Playwright's launchPersistentContext takes.
export async function openBrowser(options = {}) {
    const {chromium} = load('playwright-core');
    const {profile, arguments: more = [], ...rest} = options;
    const folder = profile ?? await mkdtemp(path.join(os.tmpdir(), 'entente-profile-'));
    const context = await chromium.launchPersistentContext(folder, {
        executablePath: process.env.ENTENTE_CHROMIUM ?? '/usr/bin/chromium',
        headless: true,
        args: [...kArguments, ...more],
        viewport: {width: 1366, height: 768},
        ...rest,
    });
    return {
        context,
        folder,
        async close() {
            await context.close();
            // A process that takes its time to end may write into it once more.
            if (profile) return;
            await rm(folder, {recursive: true, force: true, maxRetries: 20}).catch((error) => console.log(`note: ${error.message}`));
        },
    };
}

// Watches a page from now on. problems() are what must be empty at the end of a test.
export function watch(page, address) {
    const problems = [], requests = [];
    page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
    page.on('console', (message) => {
        if (message.type() === 'error' || /content security policy|violat/i.test(message.text())) {
            problems.push(`console: ${message.text()}`);
        }
    });
    page.on('request', (request) => {
        requests.push(request.url());
        if (!/^(data|blob):/.test(request.url()) && !request.url().startsWith(address)) problems.push(`request: ${request.url()}`);
    });
    page.on('requestfailed', (request) => {
        const why = request.failure()?.errorText;
        if (why !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()} ${why}`);  // aborted: the page was left
    });
    return {problems, requests};
}

// The harness or the program: its numbers, and a wait until it has come to rest.
export const stats = (page) => page.evaluate(() => window.entente.stats());

// At rest: no frame is to come by itself, and none has come for a while. A busy machine may take long over either.
export async function settle(page, quiet = 250) {
    let before = -1;
    for (;;) {
        const {frames, resting} = await stats(page);
        if (resting && frames === before) return;
        before = frames;
        await page.waitForTimeout(quiet);
    }
}

// The page's private files are held by the worker of a page that was left until that has ended: waits until each can be written.
export async function filesAreFree(page) {
    for (let tries = 0; !await page.evaluate(async () => {
        for await (const one of (await navigator.storage.getDirectory()).values()) {
            if (one.kind !== 'file') continue;
            try {
                await (await one.createWritable()).abort();
            } catch (error) {
                if (error.name === 'NoModificationAllowedError') return false;
                throw error;
            }
        }
        return true;
    }); ++tries) {
        if (tries === 100) throw new Error('the private files are still held');
        await page.waitForTimeout(100);
    }
}

export async function emptyFiles(page) {
    await filesAreFree(page);
    await page.evaluate(async () => {
        const folder = await navigator.storage.getDirectory();
        for await (const name of folder.keys()) await folder.removeEntry(name);
    });
}

// axe-core's violations, one line each. `rules` to leave out, with a reason beside the call.
export async function axeViolations(page, without = []) {
    await page.evaluate(load('node:fs').readFileSync(load.resolve('axe-core/axe.min.js'), 'utf8'));
    return page.evaluate(async (names) => {
        const rules = Object.fromEntries(names.map((name) => [name, {enabled: false}]));
        const found = await window.axe.run(document, {rules, resultTypes: ['violations']});
        return found.violations.flatMap((violation) => violation.nodes.map((node) =>
            `${violation.id}: ${node.target.join(' ')}: ${node.failureSummary.replace(/\s+/g, ' ')}`));
    }, without);
}
