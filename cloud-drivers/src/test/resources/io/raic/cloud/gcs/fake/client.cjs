// What Google's own client for another language makes of the fake. Prints a line for each fact it
// has seen to hold, and ends with an error at the first that does not.
'use strict';

const assert = require('node:assert');
const crypto = require('node:crypto');
const {createRequire} = require('node:module');

const [modules, apiEndpoint, token] = process.argv.slice(2);
const load = createRequire(modules + '/');
const {Storage, CRC32C} = load('@google-cloud/storage');
const {OAuth2Client} = load('google-auth-library');

function client(accessToken) {
  const authClient = new OAuth2Client();
  authClient.setCredentials({access_token: accessToken});
  const storage = new Storage({
    apiEndpoint,
    projectId: 'raic-test',
    authClient,
    useAuthWithCustomEndpoint: true,
    retryOptions: {autoRetry: false},
  });
  // The client leaves its resumable uploads without a token where the endpoint is not Google's.
  storage.interceptors.push({
    request: options => ({
      ...options,
      headers: {...options.headers, Authorization: 'Bearer ' + accessToken},
    }),
  });
  return storage;
}

const failsWith = (code, promise) => assert.rejects(promise, e => {
  assert.ok([e.code, e.status].map(Number).includes(code), e.stack);
  return true;
});

function crc32c(bytes) {
  const sum = new CRC32C();
  sum.update(bytes);
  return sum.toString();
}

const facts = {
  async 'a bucket is created once'(storage) {
    const [bucket] = await storage.createBucket('node-bucket');
    assert.strictEqual((await bucket.exists())[0], true);
    await failsWith(409, storage.createBucket('node-bucket'));
    assert.strictEqual((await storage.bucket('no-such-bucket').exists())[0], false);
    await failsWith(404, storage.bucket('no-such-bucket').getMetadata());
    await failsWith(400, storage.createBucket('X'));
  },
  async 'a simple upload is read back, whole and in part'(storage, bucket) {
    const bytes = crypto.randomBytes(100_000);
    const file = bucket.file('simple/ü %41+&?#"x');
    await file.save(bytes, {resumable: false, validation: 'crc32c'});
    assert.deepStrictEqual((await file.download())[0], bytes);
    const [part] = await file.download({start: 10, end: 19});
    assert.deepStrictEqual(part, bytes.subarray(10, 20));
    const [tail] = await file.download({start: 99_990});
    assert.deepStrictEqual(tail, bytes.subarray(99_990));
    await failsWith(416, file.download({start: 100_000}));
    const [metadata] = await file.getMetadata();
    assert.strictEqual(metadata.size, '100000');
    assert.strictEqual(metadata.crc32c, crc32c(bytes));
    assert.strictEqual(metadata.md5Hash, crypto.createHash('md5').update(bytes).digest('base64'));
  },
  async 'a resumable upload in pieces is read back'(storage, bucket) {
    const bytes = crypto.randomBytes(1_000_001);
    const file = bucket.file('resumable');
    await file.save(bytes, {resumable: true, chunkSize: 256 * 1024, validation: 'crc32c'});
    assert.deepStrictEqual((await file.download())[0], bytes);
    await file.save(bytes.subarray(0, 999), {resumable: true, validation: 'md5'});
    assert.deepStrictEqual((await file.download())[0], bytes.subarray(0, 999));
    await file.save(Buffer.alloc(0), {resumable: true});
    assert.strictEqual((await file.download())[0].length, 0);
  },
  async 'a resumable upload goes on where it stands'(storage, bucket) {
    const bytes = crypto.randomBytes(600_000);
    const file = bucket.file('continued');
    const [uri] = await file.createResumableUpload();
    const first = await fetch(uri, {
      method: 'PUT',
      headers: {'Content-Range': 'bytes 0-262143/*'},
      body: bytes.subarray(0, 262_144),
    });
    assert.strictEqual(first.status, 308);
    const rest = file.createWriteStream({uri, offset: 262_144, resumable: true, validation: false});
    await new Promise((resolve, reject) =>
      rest.on('finish', resolve).on('error', reject).end(bytes.subarray(262_144)));
    assert.deepStrictEqual((await file.download())[0], bytes);
  },
  async 'a wrong checksum is refused and leaves nothing'(storage, bucket) {
    const file = bucket.file('wrong');
    await failsWith(400, file.save(Buffer.from('bytes'), {
      resumable: false, validation: false, metadata: {crc32c: crc32c(Buffer.from('other'))},
    }));
    await failsWith(400, file.save(Buffer.from('bytes'), {
      resumable: false, validation: false, metadata: {md5Hash: 'AAAAAAAAAAAAAAAAAAAAAA=='},
    }));
    assert.strictEqual((await file.exists())[0], false);
  },
  async 'listings have pages, prefixes and a delimiter'(storage, bucket) {
    for (const name of ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1']) {
      await bucket.file(name).save('x', {resumable: false});
    }
    const names = async options => {
      const seen = [];
      for (let query = {...options, autoPaginate: false}; query; ) {
        const [files, next, answer] = await bucket.getFiles(query);
        seen.push(...files.map(f => f.name), ...(answer.prefixes || []));
        query = next;
      }
      return seen;
    };
    const all = ['l/a', 'l/b/1', 'l/b/2', 'l/c', 'l/d/1'];
    assert.deepStrictEqual(await names({prefix: 'l/', maxResults: 2}), all);
    assert.deepStrictEqual(await names({prefix: 'l/', startOffset: 'l/b/2'}), all.slice(2));
    const inFolders = await names({prefix: 'l/', delimiter: '/', maxResults: 1});
    assert.deepStrictEqual(inFolders, ['l/a', 'l/b/', 'l/c', 'l/d/']);
    await failsWith(400, bucket.getFiles({pageToken: 'nonsense', autoPaginate: false}));
  },
  async 'an object is created only, replaced only if it matches, and so deleted'(storage, bucket) {
    const file = bucket.file('conditional');
    const put = (text, preconditionOpts, resumable) =>
      file.save(text, {resumable, preconditionOpts});
    await put('1', {ifGenerationMatch: 0}, false);
    for (const resumable of [false, true]) {
      await failsWith(412, put('2', {ifGenerationMatch: 0}, resumable));
    }
    const [{generation}] = await file.getMetadata();
    await put('3', {ifGenerationMatch: generation}, true);
    await failsWith(412, put('4', {ifGenerationMatch: generation}, false));
    assert.strictEqual((await file.download())[0].toString(), '3');
    await failsWith(412, file.delete({ifGenerationMatch: generation}));
    const [now] = await file.getMetadata();
    await file.delete({ifGenerationMatch: now.generation});
    await failsWith(404, file.delete());
    await failsWith(404, file.download());
  },
  async 'metadata are kept, changed and taken away'(storage, bucket) {
    const file = bucket.file('described');
    await file.save('x', {resumable: false, metadata: {metadata: {a: '1', b: '2'}}});
    const [changed] = await file.setMetadata({metadata: {a: null, c: '3'}});
    assert.deepStrictEqual(changed.metadata, {b: '2', c: '3'});
    assert.strictEqual(changed.metageneration, '2');
    await failsWith(412, file.setMetadata({metadata: {d: '4'}}, {ifMetagenerationMatch: 1}));
  },
  async 'nobody comes in without a token that is known'() {
    await failsWith(401, client('made up').bucket('node-bucket').getMetadata());
  },
};

(async () => {
  const storage = client(token);
  for (const [fact, check] of Object.entries(facts)) {
    await check(storage, storage.bucket('node-bucket')).catch(e => {
      console.error('not so: ' + fact);
      throw e;
    });
    console.log(fact);
  }
})().catch(e => {
  console.error(e);
  process.exit(1);
});
