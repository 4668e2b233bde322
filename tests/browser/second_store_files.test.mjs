// The files of the second store (web/store_opfs.js) on a disk that can fail, without a browser: what was answered is there after a
// loss of power at any moment and after any call that failed; a single bit that turned over, anywhere, costs nothing; and no
// damage to the head of a file costs its records.
import {Disk, randomNumbers, worker} from './lib/files.mjs';
import {assert, figure, run, test} from './lib/suite.mjs';

const kSeed = Number(process.env.ENTENTE_SEED ?? Date.now() % 1_000_000);
const kSchedules = Number(process.env.ENTENTE_FILE_SCHEDULES ?? 1500);
const kHead = 16;
const text = (bytes) => Buffer.from(bytes).toString('hex');

// What the records are after a batch.
function after(records, {put = [], erase = []}) {
    const next = {...records};
    for (const one of put) next[`${one.store} ${one.key}`] = text(one.value);
    for (const one of erase) delete next[`${one.store} ${one.key}`];
    return next;
}

const three = [1, 2, 3].map((key) => ({put: [{store: 'jrnl', key, value: [key, key, key]}, {store: 'head', key: 0, value: [key]}]}));

async function written(...batches) {
    const disk = new Disk(), one = worker(disk);
    let records = {};
    for (const batch of batches) {
        assert.equal(await one.commit(batch), 0);
        records = after(records, batch);
    }
    return {disk, records, file: disk.bytes('test.a')};
}

// A disk with these files, as another worker finds it.
async function found(files) {
    const disk = new Disk(files);
    return {disk, records: await worker(disk).all(), one: worker(disk)};
}

function flipped(bytes, bit) {
    const other = bytes.slice();
    other[bit >> 3] ^= 1 << (bit & 7);
    return other;
}

test('a bit that turned over, anywhere in a file, costs nothing, and what is written after it stays too', async () => {
    const {file, records} = await written(...three);
    const next = {put: [{store: 'jrnl', key: 9, value: [9]}]};
    for (let bit = 0; bit < file.length * 8; ++bit) {
        const {disk, records: read, one} = await found({'test.a': flipped(file, bit)});
        assert.deepEqual(read, records, `bit ${bit}`);
        assert.equal(await one.commit(next), 0);
        assert.deepEqual(await worker(disk).all(), after(records, next), `bit ${bit}, and one more`);
    }
    figure('second store: bits turned over in a file, nothing lost', file.length * 8);
});

// Both files hold frames only while one is written anew.
async function halves() {
    const {file: older, records: before} = await written(...three.slice(0, 2));
    const {file: newer, records} = await written(...three);
    const disk = new Disk({'test.a': older});
    await worker(disk).erase();   // the generation after
    const erased = disk.bytes('test.a'), second = new Uint8Array(newer);
    second.set(erased.subarray(0, kHead));
    return {older, before, newer: second, records};
}

test('a bit of the head of either file, and of both', async () => {
    const {older, newer, records} = await halves();
    for (const [a, b] of [[older, newer], [newer, older]]) {
        for (let bit = 0; bit < kHead * 8; ++bit) {
            for (const [first, second] of [[true, false], [false, true], [true, true]]) {
                const files = {'test.a': first ? flipped(a, bit) : a, 'test.b': second ? flipped(b, bit) : b};
                assert.deepEqual((await found(files)).records, records, `bit ${bit} of ${first ? 'a' : ''}${second ? 'b' : ''}`);
            }
        }
    }
});

test('a head of which nothing is left costs no record; where nothing tells which file counts, nothing is written', async () => {
    const {older, newer, records, before} = await halves();
    const headless = (bytes) => bytes.map((byte, i) => (i < kHead ? 0xA5 : byte));
    for (const name of ['test.a', 'test.b']) {
        const {disk, records: read, one} = await found({[name]: headless(newer)});
        assert.deepEqual(read, records, name);
        const next = {put: [{store: 'jrnl', key: 9, value: [9]}]};
        assert.equal(await one.commit(next), 0);
        assert.deepEqual(await worker(disk).all(), after(records, next));
    }
    // Beside it one that was begun, and one that counts.
    const begun = Disk.prototype.bytes.call(new Disk({x: newer.slice(0, kHead)}), 'x');
    assert.deepEqual((await found({'test.a': older, 'test.b': headless(newer)})).records, before);
    assert.deepEqual((await found({'test.a': headless(newer), 'test.b': begun.slice(0, 5)})).records, records);
    const files = {'test.a': headless(older), 'test.b': headless(newer)};
    const {disk, records: refused, one} = await found(files);
    assert.equal(refused.status, 3);
    assert.match(refused.why, /DataError/);
    assert.equal(await one.commit(three[0]), 3);
    for (const name of Object.keys(files)) assert.deepEqual(disk.bytes(name), files[name], 'every byte is kept');
});

test('opening alone takes no byte away: neither a last frame that was cut nor what cannot be read', async () => {
    const {file} = await written(...three);
    const after_the_head = file.slice();
    after_the_head.fill(0x5A, kHead);
    for (const bytes of [file.slice(0, file.length - 5), after_the_head, after_the_head.map(() => 0x5A)]) {
        const {disk} = await found({'test.a': bytes});
        assert.deepEqual(disk.bytes('test.a').subarray(kHead), bytes.subarray(kHead));
    }
});

test('of a batch whose end is not as it was written nothing is taken; in the middle what no other gives', async () => {
    const {file} = await written(...three);
    const one = (file.length - kHead) / 3, zeros = (from, to) => file.map((byte, i) => (i >= from && i < to ? 0 : byte));
    const last = kHead + 2 * one, two = (await written(...three.slice(0, 2))).records;
    for (let at = last + 12; at < file.length - 1; ++at) {
        assert.deepEqual((await found({'test.a': zeros(at, file.length)})).records, two, `zeros from ${at}`);
        assert.deepEqual((await found({'test.a': file.slice(0, at)})).records, two, `cut at ${at}`);
    }
    // A long one that is torn may look like one with a turned bit: at the end it is not mended, in the middle it is.
    const long = {put: [{store: 'snap', key: 1, value: new Uint8Array(9000).fill(7)}]};
    const {file: ends, records: whole} = await written(...three.slice(0, 2), long);
    const {file: goes_on, records: more} = await written(long, three[0]);
    assert.deepEqual((await found({'test.a': flipped(ends, (ends.length - 99) * 8)})).records, two);
    assert.deepEqual((await found({'test.a': flipped(goes_on, (kHead + 5000) * 8)})).records, more);
    assert.equal(whole['snap 1'], more['snap 1']);
    // In the middle: two bits of the value of a record. The third batch gives "head 0" again.
    const middle = file.slice();
    const value = file.indexOf(2, kHead + one + 12 + 12 + 12);
    middle[value] ^= 0x81;
    const read = (await found({'test.a': middle})).records;
    assert.equal(read['jrnl 1'], '010101');
    assert.equal(read['jrnl 3'], '030303');
    assert.equal(read['head 0'], '03');
});

test('a file that was to be written anew and may count after all: no more is answered before that is settled', async () => {
    let refused = 0;
    for (let first = 0; first < 20; ++first) {
        const disk = new Disk(), one = worker(disk, true);
        let known = {}, call = 0, begun = false, maybe = [];
        const commit = async (key, size) => {
            const value = (length) => new Uint8Array(length).fill(key);
            const batch = {put: [{store: 'jrnl', key, value: value(size)}, {store: 'snap', key: 0, value: value(99)}]};
            const status = await one.commit(batch);
            // One that failed may be there after all, until another is answered.
            if (status === 0) [known, maybe] = [after(known, batch), []];
            else maybe.push(after(known, batch));
            return status;
        };
        for (let key = 0; key < 6; ++key) await commit(key, 3);
        // From the call number `first` on the other file is written, and that is told as a failure; nothing can be taken back.
        disk.fail = (what) => {
            begun ||= what === 'truncate test.b';
            if (!begun || call++ < first) return '';
            return call === first + 1 ? 'late' : what.startsWith('write') ? '' : 'no';
        };
        for (let key = 6; key < 14; ++key) await commit(key, 3);
        disk.fail = (what) => (what === 'truncate test.b' ? 'no' : '');
        for (let key = 14; key < 20; ++key) refused += (await commit(key, 3)) === 0 ? 0 : 1;
        disk.crash(() => 2);
        const read = JSON.stringify(await worker(disk, true).all());
        assert.ok([known, ...maybe].some((one) => JSON.stringify(sorted(one)) === read), `from call ${first}: ${read}`);
    }
    assert.ok(refused > 0, 'at some call nothing could be settled');
});

// One life: batches, the files written anew now and then, and a disk that fails or loses its power.
async function life(seed, {fails, crashes}) {
    const random = randomNumbers(seed), disk = new Disk();
    let one = worker(disk, true), known = {}, maybe = [], serial = 0;
    const check = async (when) => {
        const read = await worker(disk, true).all();
        const good = JSON.stringify(read) === JSON.stringify(sorted(known))
            || maybe.some((one) => JSON.stringify(read) === JSON.stringify(sorted(one)));
        if (!good) return `${when}: ${Object.keys(read).slice(0, 9)}, not ${Object.keys(known).slice(0, 9)}`;
        known = read;
        maybe = [];
        return '';
    };
    for (let step = 0; step < 20; ++step) {
        const value = (size) => new Uint8Array(size).fill(++serial & 255);
        const batch = {put: [{store: 'jrnl', key: step, value: value(1 + random(40))}, {store: 'head', key: 0, value: value(3)}],
            erase: random(3) ? [] : [{store: 'jrnl', key: random(step + 1)}]};
        if (random(2)) batch.put.push({store: 'snap', key: random(2), value: value(200)});
        batch.erase = batch.erase.filter((gone) => gone.key !== step);
        let call = 0;
        const at = fails && random(2) ? random(9) : -1, how = random(2) ? 'no' : 'late', lasting = random(2);
        disk.fail = () => (at >= 0 && (call++ === at || (lasting && call > at)) ? how : '');
        const status = await one.commit(batch);
        disk.fail = () => '';
        const wanted = after(known, batch);
        if (status === 0) [known, maybe] = [wanted, []];
        else maybe.push(wanted);   // until another is answered
        if (crashes && random(3) === 0) {
            // A batch that failed may be there later; what was answered is.
            disk.crash(random);
            const wrong = await check(`step ${step}`);
            if (wrong) return wrong;
            one = worker(disk, true);
        } else if (status !== 0) {
            // The worker goes on: it must not have taken a part of it.
            const read = await one.all();
            if (!read.status && JSON.stringify(read) !== JSON.stringify(sorted(known))) return `step ${step}: a failed batch is there`;
        }
    }
    disk.crash(random);
    return check('at the end');
}

// In the order in which a worker tells them.
function sorted(records) {
    const order = ['hdr', 'head', 'snap', 'jrnl'];
    const parts = Object.entries(records).map(([name, value]) => [...name.split(' '), value]);
    parts.sort((a, b) => order.indexOf(a[0]) - order.indexOf(b[0]) || a[1] - b[1]);
    return Object.fromEntries(parts.map(([store, key, value]) => [`${store} ${key}`, value]));
}

test('a loss of power at any moment, and any call that fails, lose nothing that was answered', async () => {
    const lost = [];
    for (let turn = 0; turn < kSchedules; ++turn) {
        const seed = kSeed + turn;
        const wrong = await life(seed, {fails: turn % 2 === 1, crashes: true});
        if (wrong) lost.push(`ENTENTE_SEED=${seed}: ${wrong}`);
    }
    figure('crashes and failures of the second store\'s files', `${kSchedules} (${lost.length} lost, from seed ${kSeed})`);
    assert.deepEqual(lost.slice(0, 5), []);
});

await run();
