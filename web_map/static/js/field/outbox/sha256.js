/** SHA-256 in hex, of a text's UTF-8 bytes, of bytes, or of a file. */

/** Works out the hash of a text, a Blob or a buffer. */
export async function hashOf(content) {
  let bytes = content;
  if (typeof content === "string") bytes = new TextEncoder().encode(content);
  else if (content instanceof Blob) bytes = await content.arrayBuffer();
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
