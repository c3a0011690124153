// Returns how many sealed requests the outbox holds.

() =>
  new Promise((resolve) => {
    const opening = indexedDB.open("appointment-requests");
    opening.onsuccess = () => {
      const counting = opening.result.transaction("sealed").objectStore("sealed").count();
      counting.onsuccess = () => {
        opening.result.close();
        resolve(counting.result);
      };
    };
  })
