// A second reader of status links, written from src/share/FORMAT.md with libsodium, Node's zlib, and nothing of Entente's.
import { inflateRawSync } from 'node:zlib';
import { readDocument } from './document.mjs';
import { Bytes, concat, refuse } from './envelope.mjs';

const kMaxIn = 16 << 20, kMaxOut = 64 << 20, kMaxRatio = 100;
const kLastDay = 84006;  // 2200-01-01
const text = (value) => new TextEncoder().encode(value);

export function varint(from, why) {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
        if (from.left === 0) refuse('damaged', why);
        const byte = from.u8();
        value |= BigInt(byte & 0x7f) << shift;
        if (value >= 1n << 64n) break;
        if (byte < 0x80) {
            if (byte === 0 && shift > 0n) break;  // not the shortest form
            return value;
        }
    }
    return refuse('damaged', why);
}

// The key, and the data as far as whole bytes go. What follows them is told: a link may have been cut in the middle.
function parts(link) {
    if (link.length > kMaxIn) refuse('too_large', 'link');
    const fragment = link.slice(link.indexOf('#') + 1).trim();
    if (!/^e[1-9]/.test(fragment)) refuse('bad_input', 'no_link');
    if (fragment[1] !== '1') refuse('unsupported', 'version');
    if (fragment.length === 2) refuse('damaged', 'cut');
    if (fragment[2] !== 'i') refuse('unsupported', 'link_kind');
    if (fragment.length === 3) refuse('damaged', 'cut');
    if (fragment[3] !== '.') refuse('bad_input', 'no_link');
    const rest = fragment.slice(4);
    if (rest.length < 22 + 1 + 4) refuse('damaged', 'cut');
    const letters = rest.slice(0, 22), data = rest.slice(23);
    // Two letters for the last byte of the key leave four bits, which are zero.
    if (rest[22] !== '.' || !/^[\w-]{21}[AQgw]$/.test(letters) || !/^[\w-]*$/.test(data)) refuse('damaged', 'letters');
    const whole = Buffer.from(data, 'base64url');
    const key = new Uint8Array(Buffer.from(letters, 'base64url'));
    return { key, data: new Uint8Array(whole), canonical: whole.toString('base64url') === data };
}

function unseal(sodium, link) {
    const { key, data, canonical, secret } = link;
    const from = new Bytes(data, 'cut');
    const format = from.u8();
    if (format >> 4 !== 1) refuse(format >> 4 > 1 ? 'unsupported' : 'damaged', 'version');
    if ((format & 15) > 1) refuse('unsupported', 'version');
    const size = varint(from, 'varint');
    if (BigInt(data.length) < size) refuse('damaged', 'cut');
    if (BigInt(data.length) > size || !canonical) refuse('damaged', 'length');
    const keyed = (size_, under, label, more = []) => sodium.crypto_generichash(size_, concat(text(label), more), under);
    const protectedBy = format & 1;
    if (protectedBy && secret === undefined) refuse('wrong_secret', 'secret');
    const slow = protectedBy
        ? sodium.crypto_pwhash(32, text(secret.normalize('NFC')), keyed(16, key, 'entente/1/share/salt'), 3, 64 << 20,
            sodium.crypto_pwhash_ALG_ARGON2ID13)
        : [];
    const content = keyed(32, key, 'entente/1/share/key', slow);
    if (protectedBy) {
        const check = keyed(16, content, 'entente/1/share/check').subarray(0, 4);
        if (!from.take(4).every((byte, i) => byte === check[i])) refuse('wrong_secret', 'secret');
    }
    const aad = concat(text('entente/1/share/link/i'), data.subarray(0, from.at));
    const nonce = keyed(24, key, 'entente/1/share/nonce');
    try {
        return sodium.crypto_aead_xchacha20poly1305_ietf_decrypt(null, data.subarray(from.at), aad, nonce, content);
    } catch {
        return refuse('damaged', 'seal');
    }
}

function readHeader(from) {
    const publisher = from.take(32);
    const high = from.take(3);
    const [number, revision, issued, days] = [0, 1, 2, 3].map(() => varint(from, 'header'));
    const kinds = from.u8();
    const last = BigInt(kLastDay);
    if (number >= 1n << 40n || revision < 1n || issued > last * 1440n + 1440n || days > last) refuse('damaged', 'header');
    const day = Math.floor(Number(issued) / 1440), expires = day + Number(days);
    if (day > kLastDay || expires > kLastDay || (kinds & 15) > 1 || kinds >> 4 > 1) refuse('damaged', 'header');
    const shareId = [high, number], welsh = (kinds & 15) === 1, profile = kinds >> 4;
    return { publisher, shareId, revision, issued: Number(issued), day, expires, welsh, profile };
}

function expand(deflated, dictionary) {
    let out;
    try {
        // The limit is one while it unpacks, so that nobody's memory is filled first.
        const maxOutputLength = Math.min(kMaxOut, Math.max(1, deflated.length * kMaxRatio));
        out = inflateRawSync(deflated, { dictionary, maxOutputLength, info: true });
    } catch (error) {
        return refuse(error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too_large' : 'damaged', 'deflate');
    }
    if (out.engine.bytesWritten !== deflated.length) refuse('damaged', 'deflate');
    return out.buffer;
}

// `today` in days since 1970-01-01; `secret` is the passphrase, where there is one.
export function openLink(sodium, address, { secret, dictionary, today }) {
    const plain = unseal(sodium, { ...parts(address), secret });
    if (plain.length < 64) refuse('damaged', 'signature');
    const message = plain.subarray(0, plain.length - 64), signature = plain.subarray(plain.length - 64);
    let genuine = false;
    if (message.length >= 32) {
        genuine = sodium.crypto_sign_verify_detached(signature, concat(text('entente/1/share/status'), message), message.subarray(0, 32));
    }
    if (!genuine) refuse('damaged', 'signature');
    const from = new Bytes(message, 'header');
    const header = readHeader(from);
    const size = varint(from, 'document');
    from.why = 'document';
    const columns = from.take(size);
    const texts = expand(from.take(from.left), dictionary);
    const status = readDocument(columns, texts, header.day);
    if (today > header.expires) refuse('expired', '');
    return { header, status };
}
