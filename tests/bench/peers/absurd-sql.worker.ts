/** The thread in which absurd-sql uses IndexedDB: its own, but that its transactions are as durable as ours. */
import 'absurd-sql/src/indexeddb/worker.js';
import { makeTransactionsStrict } from './strict-transactions';

makeTransactionsStrict();
