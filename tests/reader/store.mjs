// A second reader of whole workspaces: steps 1 to 6 of "Opening" in src/vault/FORMAT.md, of one store without a witness.
import { Bytes, openHdr, openHead, openRecord, openSlots, readHeader, readLocked, refuse, Refused, subkey } from './envelope.mjs';

const kZeros = new Uint8Array(32);
const same = (a, b) => Buffer.compare(a, b) === 0;

// The records by store and key. The listing is the vectors' own.
export function readListing(bytes) {
    const from = new Bytes(bytes, 'listing'), stores = { hdr: new Map(), head: new Map(), snap: new Map(), jrnl: new Map() };
    while (from.left > 0) {
        const name = new TextDecoder().decode(from.take(from.u8())), key = from.u64();
        stores[name].set(key, from.take(from.u32()));
    }
    return stores;
}

// What `read` gives, or null where it refuses.
function whole(read) {
    try {
        return read();
    } catch (error) {
        if (error instanceof Refused) return null;
        throw error;
    }
}

// Beyond these a store keeps what was set aside: it counts for nothing.
const kAside = 1n << 52n;
const inPlace = (records) => new Map([...records].filter(([key]) => key < kAside));

export function openStore(sodium, all, secret) {
    const stores = Object.fromEntries(Object.entries(all).map(([name, records]) => [name, inPlace(records)]));
    const hash = (record) => sodium.crypto_generichash(32, record);
    const lockedOf = (record) => whole(() => ({ record, ...readLocked(sodium, record, 'hdr') }));
    const headers = [...stores.hdr.values()].map(lockedOf).filter(Boolean);
    if (headers.length === 0) refuse('damaged', 'no_header');
    // New keys count for more than a newer edition of the slots.
    const epoch = ({ header }) => new DataView(header.keyEpoch.buffer, header.keyEpoch.byteOffset).getUint32(0, true);
    const newer = (a, b) => (epoch(a) !== epoch(b) ? epoch(b) > epoch(a) : b.header.seq > a.header.seq);
    const newest = headers.reduce((a, b) => (newer(a, b) ? b : a));
    const root = openSlots(sodium, newest, secret), { vaultId, keyEpoch } = newest.header;
    const key = (label) => subkey(sodium, root, label, vaultId, keyEpoch);
    const { device } = openHdr(sodium, newest.record, secret);

    const heads = [...stores.head.values()].map((record) => whole(() => {
        const { seq, prevHash } = readHeader(record);
        return { seq, prevHash, ...openHead(sodium, record, vaultId, key('head')) };
    })).filter(Boolean);
    if (heads.length === 0) refuse('damaged', 'no_head');
    const head = heads.reduce((a, b) => (b.seq > a.seq || (b.seq === a.seq && b.generation > a.generation) ? b : a));

    // Snapshots before the base have no journal after them.
    const from = head.snapshots.filter(({ sequence }) => sequence >= head.base).map(({ sequence, hash: expected }) => whole(() => {
        const record = stores.snap.get(sequence);
        if (!record || !same(hash(record), expected)) refuse('damaged', 'snapshot');
        const { header, content } = openRecord(sodium, record, 'snap', vaultId, key('snap'));
        if (header.seq !== sequence) refuse('damaged', 'snapshot');
        return { sequence, previous: header.prevHash, snapshot: content };
    })).find(Boolean) ?? { sequence: 0n, previous: kZeros, snapshot: null };

    if (from.sequence < head.base) refuse('damaged', 'snapshot');
    let { sequence, previous } = from;
    const entries = [];
    const last = [...stores.jrnl.keys()].reduce((a, b) => (b > a ? b : a), 0n), end = head.seq > last ? head.seq : last;
    while (sequence < end) {
        const record = stores.jrnl.get(++sequence);
        const entry = record && whole(() => openRecord(sodium, record, 'jrnl', vaultId, key('jrnl')));
        if (!entry || entry.header.seq !== sequence || !same(entry.header.prevHash, previous)) refuse('damaged', 'entry');
        previous = hash(record);
        entries.push(entry.content);
        if (sequence === head.seq && !same(previous, head.prevHash)) refuse('damaged', 'entry');
    }
    return { device, sequence, snapshot: from.snapshot, snapshotSequence: from.sequence, entries };
}
