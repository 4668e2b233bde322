// "Can we have one more week of grade?": from the client's words to an agreement in under 90 seconds of a person's time, which is
// counted (lib/person.mjs), not measured; in Chromium, by role and name.
import {assert, figure, test} from './lib/suite.mjs';
import {Person} from './lib/person.mjs';
import {accessible, field, mirror, money, pence, runOnSample, says} from './lib/program.mjs';

const kRequest = 'Can we have one more week of grade?';
const kClient = "the client's producer";
const option = (page, letter) => mirror(page).getByRole('group', {name: new RegExp(`^Option ${letter}:`)});

test('asked, three options compared, one agreed, the statement read: under 90 seconds of a person', async ({page}) => {
    const person = new Person(page);
    await person.begin();
    await person.click('link', /^Changes/);
    await person.click('button', /^New request/);
    await person.type("In the client's words", kRequest);
    await person.tab();
    await person.type('Asked by', kClient);
    await person.click('button', 'Work out what it does');
    // What the program read from the words is checked, not believed.
    assert.match(await person.read(mirror(page).getByText(/^Read from the client's words/), 'where it comes from'), /Check it/);
    assert.equal(await mirror(page).getByRole('combobox', {name: 'Which task'}).textContent(), 'Grade');
    assert.equal(await field(page, 'For how long').inputValue(), '5');
    await person.click('button', 'Add to the change');
    await person.click('button', 'Compare the options');
    const prices = [];
    for (const letter of ['A', 'B', 'C']) {
        const words = await person.read(option(page, letter), `option ${letter}`);
        assert.match(words, /Time: ([+\u2212]\d+|0) days?/);
        assert.match(words, /Promise: Delivery .*, (promises kept|a promise is broken)/);
        assert.match(words, /Quality: /);
        prices.push(pence(/Price, ex VAT: (£[\d,.]+)/.exec(words)[1]));
    }
    assert.equal(new Set(prices).size, 3, 'three different prices');
    const before = await money(page, 'Agreed fee') + await money(page, '1 agreed change');
    await person.click('button', 'Choose B');
    await person.click('button', /^Agree on B/);
    const statement = await person.read(field(page, 'The exact text that is agreed'), 'the statement');
    assert.match(statement, /Delivery/);
    assert.equal(pence(statement), prices[1], 'the statement says the price of the option');
    assert.equal(await field(page, 'Who agreed, for the client').inputValue(), kClient);
    await person.click('button', 'Agree');
    await says(page, new RegExp(`^Agreed by ${kClient}`));
    await says(page, statement);
    assert.equal(await money(page, 'It stands at'), before + prices[1], 'the contract, to the penny');
    for (const step of person.steps) console.log(`      ${step.seconds.toFixed(1)} s  ${step.what}`);
    figure('one more week of grade', `${person.seconds.toFixed(0)} s of a person's time, of 90`);
    figure('one more week of grade: the program\'s share, measured', `${(await person.waited()).toFixed(1)} s`);
    assert.ok(person.seconds < 90, `${person.seconds} s`);
});

test('what was agreed: no axe violation', ({page}) => accessible(page, 'the agreed change'));

test('nothing went wrong', ({watched}) => assert.deepEqual(watched.problems, []));

await runOnSample();
