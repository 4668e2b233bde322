// What stands inside records and backups, read with nothing of Entente's, beside what Entente says of the same.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asToday } from './codec.mjs';

// Every entry and snapshot of every schema that was ever kept as an example: read to the last byte, and written again the same.
export function readGoldens(codec, folder) {
    const read = new Set(), commands = new Set();
    let files = 0;
    for (const file of readdirSync(folder)) {
        const kind = /^(entry|snapshot)_v\d+.*\.bin$/.exec(file)?.[1];
        if (!kind) continue;
        const bytes = new Uint8Array(readFileSync(join(folder, file))), type = kind === 'entry' ? 'Entry' : 'Snapshot';
        const record = codec.record(type, bytes);
        assert.deepEqual(codec.write(type, record), bytes, file);
        for (const name of codec.used.keys()) read.add(name);
        if (kind === 'entry') commands.add(record.value.command.value.type);
        asToday(record);
        files++;
    }
    assert.ok(files > 100);
    const unread = Object.keys(codec.types).filter((name) => !read.has(name));
    assert.deepEqual(unread, [], 'types of the table that no example has');
    const many = `${files} (${commands.size} commands, ${Object.keys(codec.types).length} types)`;
    console.log(`figure: entries and snapshots read by the second reader, every byte: ${many}`);
}

// Two values in JSON's own terms.
const alike = (mine, theirs, what) => assert.deepEqual(JSON.parse(JSON.stringify(mine)), theirs, what);

// The snapshot of something of everything, and the plain export of it.
export function compareExport(codec, bytes, exported) {
    const { house, projects } = codec.snapshot(bytes).value.model;
    alike(codec.plain('house::House', house), exported.house, 'house');
    alike(projects.map((project) => codec.plain('plan::Project', project)), exported.projects, 'projects');
    console.log('export: a snapshot of everything there is says the same, field by field');
}

// What the commands of the backup do, as src/codec/FORMAT.md has it: those that occur in it.
const kDo = {
    'plan::AddProject': (model, { project, new_roles: roles }) => {
        model.projects.push(project);
        model.house.roles.push(...roles);
    },
    'plan::RenameTask': (model, { project, task, name }) => {
        model.projects.find(({ id }) => id === project).tasks.find(({ id }) => id === task).name = name;
    },
    'change::PutChange': (model, { project, change }) => {
        model.projects.find(({ id }) => id === project).changes.push(change);
    },
};

// A backup that was opened: its snapshot and entries, and after them the same workspace as the program's own export has.
export function compareBackup(codec, backup, { program, file, passphrase }) {
    const snapshot = asToday(codec.snapshot(backup.snapshot)), entries = backup.entries.map((bytes) => asToday(codec.entry(bytes)));
    assert.equal(snapshot.sequence, backup.snapshotSequence);
    assert.deepEqual(entries.map(({ sequence }) => sequence), entries.map((_, i) => snapshot.sequence + BigInt(i + 1)));
    assert.ok(entries.every(({ device }) => device === backup.device));
    assert.equal(snapshot.model.house.name, 'House');
    assert.deepEqual(entries.map(({ command }) => command.value.type), Object.keys(kDo));
    const { model } = snapshot;
    for (const { command } of entries) kDo[command.value.type](model, command.value.value);
    if (!program) return console.log('backup: read whole; not compared, there is no program to ask');
    const shown = execFileSync(program, ['open', file, '--export', 'json'], { env: { ...process.env, ENTENTE_PASSPHRASE: passphrase } });
    const exported = JSON.parse(shown);
    assert.equal(exported.sequence, Number(backup.sequence));
    alike(codec.plain('house::House', model.house), exported.house, 'house');
    alike(model.projects.map((project) => codec.plain('plan::Project', project)), exported.projects, 'projects');
    const rows = entries.map((entry) => ({
        sequence: Number(entry.sequence), at: new Date(Number(entry.time.utc_ms)).toISOString(),
        device: codec.plain('DeviceId', entry.device), kind: codec.plain('EntryKind', entry.kind), of_sequence: Number(entry.of_sequence),
    }));
    alike(rows, exported.record.map(({ what, ...row }) => row), 'record');
    return console.log(`backup: its ${entries.length} entries, done after its snapshot, give what the program's own export says`);
}
