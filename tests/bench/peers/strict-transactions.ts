/** From here on transactions of this thread that do not say how durable they are to be are as durable as ours. */
export function makeTransactionsStrict(): void {
  const transaction = Reflect.get<IDBDatabase, 'transaction'>(IDBDatabase.prototype, 'transaction');
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    return transaction.call(this, stores, mode, { durability: 'strict', ...options });
  };
}
