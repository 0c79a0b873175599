// What a program does with imapflow: reads everything, searches, marks, adds, copies, moves, deletes, waits. Says it as JSON.
const { ImapFlow } = require('imapflow');

const [port, user, pass] = process.argv.slice(2);
const told = {};

async function octets(stream) {
  let count = 0;
  for await (const piece of stream) count += piece.length;
  return count;
}

async function use(client) {
  told.exists = client.mailbox.exists;
  told.subjects = [];
  const wanted = { uid: true, flags: true, envelope: true, bodyStructure: true, internalDate: true, source: true, size: true,
    threadId: true, labels: true };
  for await (const message of client.fetch('1:*', wanted)) {
    told.subjects.push(message.envelope.subject);
    if (message.source.length !== message.size) throw new Error('a message is cut');
  }
  told.first = await octets((await client.download('1', '1')).content);
  told.unseen = (await client.search({ seen: false })).length;
  await client.messageFlagsAdd('1', ['\\Flagged']);
  told.flagged = await client.search({ flagged: true });
  await client.append('INBOX', Buffer.from('Subject: mine\r\n\r\nx\r\n'), ['\\Seen']);
  await client.mailboxCreate('Work');
  await client.messageCopy('1', 'Work');
  await client.messageMove('1', 'Work');
  await client.messageDelete('1');
  if (client.capabilities.has('IDLE')) {
    setTimeout(() => client.noop(), 50);
    await client.idle();
  }
  await client.noop();
  told.left = client.mailbox.exists;
}

async function main() {
  const client = new ImapFlow({ host: '127.0.0.1', port: Number(port), secure: false, doSTARTTLS: false, auth: { user, pass },
    logger: false, clientInfo: { name: 'test' } });
  await client.connect();
  told.folders = (await client.list()).map((folder) => folder.path).sort();
  told.messages = (await client.status('INBOX', { messages: true, uidNext: true, unseen: true })).messages;
  const lock = await client.getMailboxLock('INBOX');
  try {
    await use(client);
  } finally {
    lock.release();
  }
  told.work = (await client.mailboxOpen('Work')).exists;
  await client.logout();
}

main().then(() => console.log(JSON.stringify(told)), (error) => {
  console.error(error, error.executedCommand, error.responseText);
  process.exit(1);
});
