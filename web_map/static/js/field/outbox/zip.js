/** A ZIP file of stored parts, put together from what the phone keeps without copying it. */

const SLICE = 4194304;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function crcOf(bytes, before) {
  let crc = before;
  for (let at = 0; at < bytes.length; at += 1) crc = TABLE[(crc ^ bytes[at]) & 255] ^ (crc >>> 8);
  return crc;
}

/** The CRC-32 of a file, read piece by piece. */
export async function crc32(blob) {
  let crc = 0xffffffff;
  for (let start = 0; start < blob.size; start += SLICE) {
    crc = crcOf(new Uint8Array(await blob.slice(start, start + SLICE).arrayBuffer()), crc);
  }
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers of two or four bytes each, lowest byte first: packed([value, bytes], …). */
function packed(...fields) {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [, size]) => sum + size, 0)));
  let at = 0;
  for (const [value, size] of fields) {
    if (size === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += size;
  }
  return view.buffer;
}

/** What the local header and the directory both say of a part; the date is 1 January 1980. */
const common = (crc, size, name) => [
  [20, 2], [0x0800, 2], [0, 2], [0, 2], [0x21, 2], [crc, 4], [size, 4], [size, 4], [name.length, 2], [0, 2],
];

/** Makes a ZIP of [name, Blob] parts, all together below 4 GB; `onPart(n)` is told of each. */
export async function zipOf(parts, onPart = () => {}) {
  const body = [];
  const directory = [];
  let at = 0;
  for (const [index, [title, blob]] of parts.entries()) {
    const name = new TextEncoder().encode(title);
    const crc = await crc32(blob);
    const head = packed([0x04034b50, 4], ...common(crc, blob.size, name));
    directory.push(packed([0x02014b50, 4], [20, 2], ...common(crc, blob.size, name), [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), name);
    body.push(head, name, blob);
    at += head.byteLength + name.length + blob.size;
    onPart(index + 1);
  }
  const length = directory.reduce((sum, part) => sum + (part.byteLength ?? part.length), 0);
  const end = packed([0x06054b50, 4], [0, 2], [0, 2], [parts.length, 2], [parts.length, 2], [length, 4], [at, 4], [0, 2]);
  return new Blob([...body, ...directory, end], { type: "application/zip" });
}
