// A second reader of envelopes, headers, heads and backups, written from src/vault/FORMAT.md with libsodium and nothing of Entente's.
//
// Every refusal is a Refused that says what a reader says (damaged, unsupported, wrong_secret, bad_input) and which rule failed first.

export class Refused extends Error {
    constructor(expect, why) {
        super(`${expect}: ${why}`);
        this.expect = expect;
        this.why = why;
    }
}
export const refuse = (expect, why) => { throw new Refused(expect, why); };

const kKinds = ['', 'hdr', 'snap', 'jrnl', 'backup', 'share', 'agreed', 'head'];
const kHeaderBytes = 124, kTagBytes = 16, kSlotBytes = 129, kMaxPlain = 512n << 20n;
const text = (value) => new TextEncoder().encode(value);

export function concat(...parts) {
    const out = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
    let at = 0;
    for (const part of parts) {
        out.set(part, at);
        at += part.length;
    }
    return out;
}
const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);
const isZero = (bytes) => bytes.every((byte) => byte === 0);

// Reads from the front; past the end is the rule `why`.
export class Bytes {
    constructor(bytes, why) {
        this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
        this.bytes = bytes;
        this.at = 0;
        this.why = why;
    }
    take(size) {
        if (BigInt(size) > BigInt(this.bytes.length - this.at)) refuse('damaged', this.why);
        this.at += Number(size);
        return this.bytes.subarray(this.at - Number(size), this.at);
    }
    u8() { return this.take(1)[0]; }
    u32() { this.take(4); return this.view.getUint32(this.at - 4, true); }
    u64() { this.take(8); return this.view.getBigUint64(this.at - 8, true); }
    get left() { return this.bytes.length - this.at; }
}

export function padme(size) {
    if (size < 2) return size;
    const exponent = Math.floor(Math.log2(size));
    const zeros = exponent - (Math.floor(Math.log2(exponent)) + 1);
    if (zeros <= 0) return size;
    const step = 2 ** zeros;
    return Math.ceil(size / step) * step;
}

export function readHeader(record) {
    if (new TextDecoder('latin1').decode(record.subarray(0, 4)) !== 'ENT1') refuse('damaged', 'magic');
    if (record.length < kHeaderBytes + kTagBytes) refuse('damaged', 'truncated');
    const view = new DataView(record.buffer, record.byteOffset, record.byteLength);
    const header = {
        fmt: record[4], kind: kKinds[record[5]], suite: record[6], flags: record[7], vaultId: record.subarray(8, 24),
        keyEpoch: record.subarray(24, 28), seq: view.getBigUint64(32, true), baseSeq: view.getBigUint64(40, true),
        schema: view.getUint32(56, true), plainLen: view.getBigUint64(60, true), prevHash: record.subarray(68, 100),
        nonce: record.subarray(100, 124),
    };
    if (header.fmt !== 1) refuse('unsupported', 'fmt');
    if (header.suite !== 1) refuse('unsupported', 'suite');
    if (header.flags !== 0) refuse('unsupported', 'flags');
    if (header.schema > 1) refuse('unsupported', 'schema');
    if (!header.kind) refuse('damaged', 'kind');
    if (header.schema === 0) refuse('damaged', 'schema');
    if (header.plainLen > kMaxPlain) refuse('damaged', 'plain_len');
    header.plainLen = Number(header.plainLen);
    return header;
}

// BLAKE2b-256 of the parts, keyed.
const keyed = (sodium, key, ...parts) => sodium.crypto_generichash(32, concat(...parts), key);

export function subkey(sodium, root, label, vaultId, keyEpoch) {
    return keyed(sodium, root, text('entente/1/'), text(label), vaultId, keyEpoch);
}

function unseal(sodium, sealed, aad, nonce, key) {
    try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, sealed, aad, nonce, key);
    } catch {
        return null;
    }
}

// The content of a record of that kind. `vaultId` is what it has to say; none: whatever it says.
export function openRecord(sodium, record, kind, vaultId, key, tableBytes = 0) {
    const header = readHeader(record);
    if (header.kind !== kind) refuse('damaged', 'kind');
    if (vaultId && !same(header.vaultId, vaultId)) refuse('damaged', 'vault_id');
    const at = kHeaderBytes + tableBytes;
    if (record.length !== at + padme(header.plainLen) + kTagBytes) refuse('damaged', 'length');
    const aad = concat(text('entente/1/'), text(kind), record.subarray(0, at));
    const plain = unseal(sodium, record.subarray(at), aad, header.nonce, key);
    if (!plain) refuse('damaged', 'seal');
    if (!isZero(plain.subarray(header.plainLen))) refuse('damaged', 'padding');
    return { header, content: plain.subarray(0, header.plainLen) };
}

// What is known of a header record or a backup before any key is.
export function readLocked(sodium, record, kind) {
    const header = readHeader(record);
    if (header.kind !== kind) refuse('damaged', 'kind');
    const count = record[kHeaderBytes], tableBytes = 1 + count * kSlotBytes;
    if (record.length !== kHeaderBytes + tableBytes + padme(header.plainLen) + kTagBytes) refuse('damaged', 'length');
    const table = record.subarray(kHeaderBytes, kHeaderBytes + tableBytes);
    const check = sodium.crypto_generichash(32, concat(text('entente/1/check'), record.subarray(0, 68), header.nonce, table));
    if (!same(check, header.prevHash)) refuse('damaged', 'checksum');
    if (count < 1 || count > 16) refuse('damaged', 'slot_count');
    const slots = [];
    for (let i = 0; i < count; i++) slots.push(readSlot(table.subarray(1 + i * kSlotBytes, 1 + (i + 1) * kSlotBytes)));
    return { header, tableBytes, slots };
}

function readSlot(bytes) {
    const from = new Bytes(bytes, 'length');
    const slot = { type: from.u8(), memory: from.u32(), passes: from.u32(), salt: from.take(16) };
    slot.prefix = bytes.subarray(0, 25);
    slot.commitment = from.take(32);
    slot.nonce = from.take(24);
    slot.wrapped = from.take(48);
    if (slot.type !== 1 && slot.type !== 2) refuse('damaged', 'slot_type');
    if (slot.type === 2 && (slot.memory !== 0 || slot.passes !== 0 || !isZero(slot.salt))) refuse('damaged', 'recovery_slot');
    const possible = slot.memory >= 19 * 1024 && slot.memory <= 1024 * 1024 && slot.passes >= 1 && slot.passes <= 10;
    if (slot.type === 1 && !possible) refuse('unsupported', 'kdf');
    return slot;
}

function kekOf(sodium, slot, secret, vaultId) {
    if (slot.type === 2) return keyed(sodium, secret.recoveryKey, text('entente/1/recovery'), vaultId);
    return sodium.crypto_pwhash(32, text(secret.passphrase.normalize('NFC')), slot.salt, slot.passes, slot.memory * 1024,
        sodium.crypto_pwhash_ALG_ARGON2ID13);
}

// The vault's root key, by {passphrase} or {recoveryKey}.
export function openSlots(sodium, locked, secret) {
    const type = secret.recoveryKey ? 2 : 1;
    let problem = new Refused('wrong_secret', 'secret');
    for (const slot of locked.slots.filter((one) => one.type === type)) {
        const vaultId = locked.header.vaultId, kek = kekOf(sodium, slot, secret, vaultId);
        if (!same(keyed(sodium, kek, text('entente/1/commit'), slot.prefix), slot.commitment)) continue;
        const aad = concat(text('entente/1/slot'), vaultId, slot.prefix, slot.commitment);
        const root = unseal(sodium, slot.wrapped, aad, slot.nonce, kek);
        if (root) return root;
        problem = new Refused('damaged', 'slot_seal');
    }
    throw problem;
}

function openLocked(sodium, record, kind, secret) {
    const locked = readLocked(sodium, record, kind);
    const root = openSlots(sodium, locked, secret);
    const key = subkey(sodium, root, kind, locked.header.vaultId, locked.header.keyEpoch);
    return openRecord(sodium, record, kind, null, key, locked.tableBytes);
}

export function openHdr(sodium, record, secret) {
    const from = new Bytes(openLocked(sodium, record, 'hdr', secret).content, 'content');
    const version = from.u8(), device = from.u64();
    const made = from.u64();
    if (version !== 1 || device === 0n || from.left !== 0) refuse('damaged', 'content');
    return { device, made };
}

export function openHead(sodium, record, vaultId, key) {
    const { header, content } = openRecord(sodium, record, 'head', vaultId, key);
    const from = new Bytes(content, 'content');
    const version = from.u8(), generation = from.u64(), base = version === 2 ? from.u64() : 0n, count = from.u8();
    if ((version !== 1 && version !== 2) || count > 64) refuse('damaged', 'content');
    const snapshots = [];
    for (let i = 0; i < count; i++) snapshots.push({ sequence: from.u64(), hash: from.take(32), day: version === 2 ? from.u32() : 0 });
    snapshots.reduce((newer, { sequence }) => {
        if (sequence === 0n || sequence >= newer) refuse('damaged', 'content');
        return sequence;
    }, header.seq + 1n);
    const newest = snapshots.length > 0 ? snapshots[0].sequence : 0n;
    if (from.left !== 0 || header.baseSeq !== newest || base > newest) refuse('damaged', 'content');
    // Version 1 where it can say all there is, version 2 otherwise.
    if ((version === 2) !== (base !== 0n || snapshots.some(({ day }) => day !== 0))) refuse('damaged', 'content');
    return { generation, base, snapshots };
}

export function openBackup(sodium, file, secret) {
    const { header, content } = openLocked(sodium, file, 'backup', secret);
    const from = new Bytes(content, 'content');
    const version = from.u8(), device = from.u64(), made = from.u64(), hash = from.take(32);
    if (version !== 1 || device === 0n) refuse('damaged', 'content');
    const snapshot = from.take(from.u64());
    if ((snapshot.length === 0) !== (header.baseSeq === 0n)) refuse('damaged', 'content');
    const count = from.u64();
    const expected = header.seq - header.baseSeq;
    if (expected < 0n || count !== expected || count > BigInt(from.left) / 8n) refuse('damaged', 'content');
    const entries = [];
    for (let i = 0n; i < count; i++) entries.push(from.take(from.u64()));
    if (from.left !== 0 || (header.seq === 0n) !== isZero(hash)) refuse('damaged', 'content');
    return { device, made, hash, snapshot, snapshotSequence: header.baseSeq, entries, sequence: header.seq };
}

const kSymbols = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export function readRecoveryKey(sodium, typed) {
    const symbols = [...typed].filter((c) => !' \t\r\n-'.includes(c)).map((c) => c.toUpperCase().replace('O', '0').replace(/[IL]/, '1'));
    if (symbols.length !== 56 || symbols.some((c) => c.length !== 1 || !kSymbols.includes(c))) refuse('bad_input', 'recovery_key');
    const bits = symbols.map((c) => kSymbols.indexOf(c).toString(2).padStart(5, '0')).join('');
    const all = Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
    const key = all.slice(0, 32);
    if (!same(keyed(sodium, key, text('entente/1/recovery-check')).subarray(0, 3), all.subarray(32))) refuse('bad_input', 'recovery_key');
    return key;
}

export function readWitness(line) {
    const found = /^entente-witness 1 ([0-9a-f]{32}) ([0-9]{1,19}) ([0-9a-f]{16})$/.exec(line);
    if (!found) refuse('damaged', 'witness');
    return { vaultId: found[1], sequence: BigInt(found[2]), head8: found[3] };
}
