// Returns the types of these messages with the names of their fields, each shape once, in order.

/** @param {{ migraineGuide: number, type: string, detail: object }[]} messages */
(messages) => {
  const shapes = messages.map(({ migraineGuide, type, detail, ...more }) =>
    [migraineGuide, type, ...Object.keys(detail).sort(), ...Object.keys(more)].join(" "),
  );
  return [...new Set(shapes)].sort();
}
