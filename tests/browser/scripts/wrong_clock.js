// Sets the clock wrong by so many days.

/** @param {number} days */
(days) => {
  const Right = Date;
  window.Date = /** @type {any} */ (
    class extends Right {
      /** @param {[] | [any]} given */
      constructor(...given) {
        if (given.length) super(...given);
        else super(Right.now() + days * 86_400_000);
      }
      static now() {
        return Right.now() + days * 86_400_000;
      }
    }
  );
}
