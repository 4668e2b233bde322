// The second reader at work:  run.mjs ROOT [ENTENTE]
// Its cryptography is libsodium-wrappers-sumo, and the libsodium-sumo that it wraps.
// It opens the backups and links that Entente made, reads every entry and snapshot there is an example of, and says of every vector what
// the index says, for the same reason. To compare, and for nothing else, it asks the program: for its export, where its command line is
// given as ENTENTE, and for what web/store_opfs.js finds in the mirror's files.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Codec } from './codec.mjs';
import { Bytes, openBackup, openHdr, openHead, openRecord, readRecoveryKey, readWitness, Refused, subkey } from './envelope.mjs';
import { openLink } from './link.mjs';
import { openStore, openStores, readListing } from './store.mjs';
import { filesOf, readMirror } from './mirror.mjs';
import { programsReader } from './opfs.mjs';
import { compareBackup, compareExport, readGoldens } from './workspace.mjs';

const root = process.argv[2] ?? process.env.ENTENTE_ROOT, program = process.argv[3];
const sodium = createRequire(join(root, 'build/deps/'))('libsodium-wrappers-sumo');
await sodium.ready;
const data = (...path) => new Uint8Array(readFileSync(join(root, 'tests/data', ...path)));
const words = (...path) => new TextDecoder().decode(data(...path));
const dayOf = (iso) => Math.floor(Date.parse(iso) / 86_400_000);

const index = JSON.parse(words('vectors', 'vectors.json'));
assert.equal(index.format, 'entente-vectors');
assert.equal(index.version, 1);
const dictionary = data('vectors', 'dictionary_1.txt');
const codec = new Codec(JSON.parse(words('vectors', 'codec.json')));
const hex = (text) => new Uint8Array(Buffer.from(text, 'hex'));
const vault = hex(index.vault_id), key = hex(index.root_key), epoch = new Uint8Array(new Uint32Array([index.key_epoch]).buffer);
const recoveryKey = readRecoveryKey(sodium, index.recovery_key);
const subkeyOf = (label) => subkey(sodium, key, label, vault, epoch);
const link = (bytes, secret) => openLink(sodium, new TextDecoder().decode(bytes), { secret, dictionary, today: dayOf(index.today) });

// As src/share/FORMAT.md has it.
const kDictionaryHash = 'b2a83d9eecd60f957db1d20bece55092d0753509d2ea10db2fb30ce86f7ab002';

// What is read can be written again, and is the same.
function readAgain(type, bytes) {
    const read = codec.record(type, bytes);
    assert.deepEqual(codec.write(type, read), new Uint8Array(bytes));
    return read;
}

// Both stores, and the witness where it is one.
function readPair(bytes) {
    const from = new Bytes(bytes, 'vector'), line = new TextDecoder().decode(from.take(from.u8()));
    const first = readListing(from.take(from.u32())), second = readListing(from.take(from.left));
    let witness = null;
    try {
        witness = readWitness(line);
    } catch (error) {
        if (!(error instanceof Refused)) throw error;
    }
    return openStores(sodium, [first, second], witness, { passphrase: index.passphrase });
}

const programs = programsReader(join(root, 'web/store_opfs.js'));

// The program reads whatever this reader does. It may read more: it turns a single bit back, and reads frames behind a head that it
// cannot (web/store_opfs.js). Of a frame in which it has turned one back it takes the batch, and not what looks like a frame within it.
const kTurnedBack = 'mirror_frame_inside_a_broken_one.bin';
function readBoth(bytes, file) {
    const files = filesOf(bytes), theirs = programs(files);
    const mine = readMirror(files);
    for (const [name, records] of file === kTurnedBack ? [] : Object.entries(mine)) {
        for (const [key, value] of records) assert.deepEqual(theirs[name].get(key), value, `${name} ${key}`);
    }
    return openStore(sodium, mine, { passphrase: index.passphrase });
}

const kReaders = {
    hdr: (bytes) => openHdr(sodium, bytes, { recoveryKey }),
    hdr_passphrase: (bytes) => openHdr(sodium, bytes, { passphrase: index.passphrase }),
    snap: (bytes) => openRecord(sodium, bytes, 'snap', vault, subkeyOf('snap')),
    jrnl: (bytes) => openRecord(sodium, bytes, 'jrnl', vault, subkeyOf('jrnl')),
    head: (bytes) => openHead(sodium, bytes, vault, subkeyOf('head')),
    backup: (bytes) => openBackup(sodium, bytes, { recoveryKey }),
    backup_passphrase: (bytes) => openBackup(sodium, bytes, { passphrase: index.passphrase }),
    recovery_key: (bytes) => readRecoveryKey(sodium, new TextDecoder().decode(bytes)),
    witness: (bytes) => readWitness(new TextDecoder().decode(bytes)),
    store: (bytes) => openStore(sodium, readListing(bytes), { passphrase: index.passphrase }),
    pair: readPair,
    mirror: readBoth,
    link: (bytes) => link(bytes),
    link_passphrase: (bytes) => link(bytes, index.passphrase),
    entry: (bytes) => readAgain('Entry', bytes),
    snapshot: (bytes) => readAgain('Snapshot', bytes),
    dictionary: (bytes) => assert.equal(Buffer.from(sodium.crypto_generichash(32, bytes)).toString('hex'), kDictionaryHash),
};

function readVectors() {
    const wrong = [], listed = new Set(['vectors.json', 'codec.json']);
    let read = 0;
    for (const { file, kind, expect, why } of index.vectors) {
        listed.add(file);
        let said = 'ok', reason = '';
        try {
            kReaders[kind](data('vectors', file), file);
        } catch (error) {
            if (!(error instanceof Refused)) throw new Error(`${file}: ${error.stack}`);
            ({ expect: said, why: reason } = error);
        }
        if (said !== expect || reason !== why) wrong.push(`${file}: ${said} (${reason}), and the index says ${expect} (${why})`);
        read++;
    }
    for (const file of readdirSync(join(root, 'tests/data/vectors'))) if (!listed.has(file)) wrong.push(`${file} is not in the index`);
    console.log(`figure: vectors read by the second reader: ${read} (${wrong.length} answered otherwise)`);
    assert.deepEqual(wrong, []);
    assert.ok(read >= 300, 'at least 300 vectors');
    // Longer than any link; no file for that.
    assert.throws(() => link(new TextEncoder().encode('#e1i.'.padEnd((16 << 20) + 1, 'A'))), /too_large/);
}

function readBackups() {
    const passphrase = 'Cwm-glas 7 yn y bore';
    const small = openBackup(sodium, data('golden', 'backup_v1.entente'), { passphrase });
    assert.equal(new TextDecoder().decode(small.snapshot), 'state after two');
    assert.deepEqual(small.entries.map((entry) => new TextDecoder().decode(entry)), ['third entry', 'fourth entry']);
    const real = openBackup(sodium, data('golden', 'workspace_backup_v1.entente'), { passphrase });
    assert.equal(real.sequence, 5n);
    assert.equal(real.entries.length, 3);
    compareBackup(codec, real, { program, file: join(root, 'tests/data/golden/workspace_backup_v1.entente'), passphrase });
    const wrong = { passphrase: 'Cwm-glas 7 yn y bora' };
    assert.throws(() => openBackup(sodium, data('golden', 'workspace_backup_v1.entente'), wrong), /wrong_secret/);
    // Composed or not, an accent is one passphrase.
    assert.equal('T\u0177'.normalize('NFC'), 'Ty\u0302'.normalize('NFC'));
    console.log('backups: opened with the passphrase; a wrong one is refused');
}

function readWorkspace() {
    const utf8 = (bytes) => new TextDecoder().decode(bytes);
    const found = openStore(sodium, readListing(data('golden', 'workspace_v1.bin')), { passphrase: 'Cwm-glas 7 yn y bore' });
    assert.equal(found.sequence, 3n);
    assert.equal(utf8(found.snapshot), 'state after two');
    assert.deepEqual(found.entries.map(utf8), ['third entry, a little longer than the others, so that it is padded']);
    console.log('workspace: its newest snapshot and the entry after it, read from its records');
}

function readLinks() {
    const today = dayOf('2026-05-25');
    const open = (file, secret) => openLink(sodium, words('share', file), { secret, dictionary, today });
    const feature = open('golden-1-feature.link');
    assert.ok(feature.status.milestones.length > 0 && feature.status.tasks.length > 0);
    assert.equal(feature.header.revision > 0n, true);
    assert.ok(open('golden-1-series.link').status.changes.length > 0);
    assert.equal(open('golden-1-welsh.link').header.welsh, true);
    assert.throws(() => open('golden-1-passphrase.link'), /wrong_secret/);
    assert.throws(() => open('golden-1-passphrase.link', 'not this one'), /wrong_secret/);
    const shown = feature.status.milestones.map(({ name }) => name).join(', ');
    console.log(`links: opened, verified, read whole: ${feature.status.project}: ${shown}`);
}

readGoldens(codec, join(root, 'tests/data/golden'));
compareExport(codec, data('vectors', 'snapshot_full.bin'), JSON.parse(words('golden', 'export_v1.json')));
readWorkspace();
readBackups();
readLinks();
readVectors();
