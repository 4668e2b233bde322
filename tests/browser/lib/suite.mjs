// A small test runner: named steps, one after the other, a line for each, exit code 1 where one failed. A figure is printed as
// "figure: what: value".
import assert from 'node:assert/strict';

export {assert};

const steps = [];

export function test(name, run) {
    steps.push({name, run});
}

export function figure(what, value) {
    console.log(`figure: ${what}: ${value}`);
}

// ctest's sign for a test that cannot run here.
export function skip(reason) {
    console.log(`skipped: ${reason}`);
    process.exit(77);
}

export async function run({before, after} = {}) {
    let failed = 0;
    const only = process.argv[2];
    const given = before ? await before() : undefined;
    for (const step of steps) {
        if (only && !step.name.includes(only)) continue;
        const begun = Date.now();
        try {
            await step.run(given);
            console.log(`ok    ${step.name} (${Date.now() - begun} ms)`);
        } catch (error) {
            failed += 1;
            console.log(`FAIL  ${step.name}\n${error.stack ?? error}`);
        }
    }
    if (after) await after(given);
    console.log(failed ? `${failed} failed` : 'all passed');
    process.exit(failed ? 1 : 0);
}

// Asks until the answer is the wanted one, or says what it was at last.
export async function eventually(ask, wanted, milliseconds = 5000) {
    const end = Date.now() + milliseconds;
    let last;
    do {
        last = await ask();
        if (typeof wanted === 'function' ? wanted(last) : last === wanted) return last;
        await new Promise((resolve) => setTimeout(resolve, 40));
    } while (Date.now() < end);
    assert.fail(`still ${JSON.stringify(last)}${typeof wanted === 'function' ? '' : `, not ${JSON.stringify(wanted)}`}`);
}
