/* Parcels at hand: pictures as they lie in the file, words as text. What was fetched once stays for as long as it
   is in the version and there is room, so that a server, a disk or a stick may go away. */
const depot = (() => {
  const ROOM = 200e6; // bytes of pictures and words; the longest unused go first
  const held = kiosk.held;
  const isPicture = (name) => name.slice(0, 8) === "picture-";
  const weight = (content) => content.size || content.length * 2 || 0;
  let filled = 0;
  held.forEach((content) => { filled += weight(content); });

  const drop = (name) => {
    filled -= weight(held.get(name));
    held.delete(name);
  };
  const hold = (name, content) => {
    if (held.has(name)) drop(name);
    held.set(name, content);
    filled += weight(content);
    held.forEach((_, oldest) => { if (filled > ROOM && oldest !== name) drop(oldest); });
  };

  const blobOf = (text) => {
    const raw = atob(text);
    const bytes = new Uint8Array(raw.length);
    for (let at = 0; at < raw.length; at += 1) bytes[at] = raw.charCodeAt(at);
    return new Blob([bytes], { type: text.slice(0, 4) === "/9j/" ? "image/jpeg" : "image/webp" });
  };

  // Takes in what was fetched by somebody else.
  const put = (name, content) => {
    if (!held.has(name)) hold(name, isPicture(name) ? blobOf(content) : content);
  };

  // What a parcel carries: a Blob for a picture, else text.
  const get = (name) => {
    if (held.has(name)) {
      const content = held.get(name);
      held.delete(name); // to the end of the line
      held.set(name, content);
      return Promise.resolve(content);
    }
    return kiosk.load(name).then((content) => {
      const kept = isPicture(name) ? blobOf(content) : content;
      if (typeof kept !== "function") hold(name, kept);
      return kept;
    });
  };

  // Shows the picture `name` in `image`; a rejection if it isn't there whole. No address of it remains.
  const paint = (image, name) => get(name).then((blob) => {
    const address = URL.createObjectURL(blob);
    const done = () => URL.revokeObjectURL(address);
    image.src = address;
    return image.decode().then(done, (failed) => {
      done();
      throw failed;
    });
  });

  // Lets go of whatever is not in `names`.
  const only = (names) => {
    const wanted = new Set(names);
    Array.from(held.keys()).forEach((name) => { if (!wanted.has(name)) drop(name); });
  };

  return { get, put, paint, only, has: (name) => held.has(name), get filled() { return filled; }, ROOM };
})();
