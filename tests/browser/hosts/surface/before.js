// Runs before embed.js and records what that script reads, defines and leaves behind.
globalThis.read = [];
globalThis.defined = [];

const { getAttribute } = Element.prototype;
Element.prototype.getAttribute = function (name) {
  if (this.id === "guide") read.push(name);
  return getAttribute.call(this, name);
};

const { define } = CustomElementRegistry.prototype;
CustomElementRegistry.prototype.define = function (name, ...rest) {
  defined.push(name);
  define.call(this, name, ...rest);
};

globalThis.before = [];
before = Object.getOwnPropertyNames(globalThis);
