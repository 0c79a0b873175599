// What a program does with the library imap: lists, opens, searches, reads everything, marks, adds. Says it as JSON.
const Imap = require('imap');
const { promisify } = require('util');

const [port, user, password] = process.argv.slice(2);
const told = { sizes: [], unseen: 0 };
const imap = new Imap({ user, password, host: '127.0.0.1', port: Number(port), tls: false, keepalive: false });
const call = (name, ...more) => promisify(imap[name].bind(imap))(...more);

function read() {
  return new Promise((resolve, reject) => {
    const fetching = imap.seq.fetch('1:*', { bodies: ['HEADER.FIELDS (FROM TO SUBJECT DATE)', ''], struct: true, envelope: true });
    fetching.on('message', (message) => message.on('body', (stream, info) => {
      let count = 0;
      stream.on('data', (piece) => { count += piece.length; });
      stream.once('end', () => { if (info.which === '') told.sizes.push(count); });
    }));
    fetching.once('error', reject);
    fetching.once('end', resolve);
  });
}

async function main() {
  await new Promise((resolve, reject) => {
    imap.once('ready', resolve);
    imap.once('error', reject);
    imap.connect();
  });
  if (imap.serverSupports('ID')) await call('id', { name: 'test' });
  told.folders = Object.keys(await call('getBoxes')).sort();
  told.messages = (await call('openBox', 'INBOX', false)).messages.total;
  told.unseen = (await call('search', ['UNSEEN'])).length;
  await read();
  await promisify(imap.seq.addFlags.bind(imap.seq))('1', '\\Flagged');
  told.flagged = (await call('search', ['FLAGGED'])).length;
  await call('append', 'Subject: mine\r\n\r\nx\r\n', { mailbox: 'INBOX' });
  await new Promise((resolve) => {
    imap.once('end', resolve);
    imap.end();
  });
}

main().then(() => console.log(JSON.stringify(told)), (error) => {
  console.error(error);
  process.exit(1);
});
