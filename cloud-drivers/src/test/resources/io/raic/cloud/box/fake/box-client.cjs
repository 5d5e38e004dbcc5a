// Uses the fake as a client of the vendor's other SDK does: node box-client.cjs URL FOLDER
// Prints a line for each fact; anything else than "ok" at the end is a failure.
'use strict';
const assert = require('node:assert');
const crypto = require('node:crypto');
const http = require('node:http');
const { Readable } = require('node:stream');

const [url, root, clientID, clientSecret, enterpriseID] = process.argv.slice(2);
const sha1 = (bytes) => crypto.createHash('sha1').update(bytes).digest('hex');
const say = (line) => process.stdout.write(line + '\n');

async function refused(promise, status, code) {
  const e = await promise.then(() => assert.fail('not refused: ' + code), (error) => error);
  const response = e.response || e.responseInfo || {};
  assert.strictEqual(e.statusCode || response.statusCode, status, String(e));
  const raw = response.body || {};
  // What was not asked for as JSON comes as it is.
  const body = typeof raw === 'string' || Buffer.isBuffer(raw) ? JSON.parse(raw) : raw;
  assert.strictEqual(body.code, code);
  if (status !== 401) {
    assert.ok(body.request_id, 'an error has a request id');
  }
  return body;
}

async function drain(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

// The hand-written client.
async function handWritten() {
  const BoxSDK = require('box-node-sdk').default || require('box-node-sdk');
  const sdk = new BoxSDK({
    clientID, clientSecret, enterpriseID,
    apiRootURL: url, uploadAPIRootURL: url + '/api', authorizeRootURL: url + '/api',
    numMaxRetries: 2, retryIntervalMS: 100,
    request: { agentClass: http.Agent },
  });
  const client = sdk.getCCGClientForEnterprise
    ? sdk.getCCGClientForEnterprise() : sdk.getAnonymousClient();

  const folder = await client.folders.create(root, 'Hand Written');
  await refusedName(client.folders.create(root, 'hand written'), true);
  say('folders are made, and names in use are refused with an array');

  const bytes = crypto.randomBytes(100_000);
  const file = (await client.files.uploadFile(folder.id, 'a.bin', bytes)).entries[0];
  assert.strictEqual(file.sha1, sha1(bytes));
  assert.strictEqual(file.etag, '0');
  const conflict = await refusedName(client.files.uploadFile(folder.id, 'A.BIN', bytes), false);
  assert.strictEqual(conflict.id, file.id);
  say('a file is uploaded, and its name refused with an object');

  const got = await drain(await client.files.getReadStream(file.id));
  assert.ok(got.equals(bytes));
  const part = await drain(await client.files.getReadStream(file.id, { byteRange: [10, 19] }));
  assert.ok(part.equals(bytes.subarray(10, 20)) || part.equals(bytes));
  say('a file is downloaded through a redirect');

  const second = (await client.files.uploadNewFileVersion(file.id, Buffer.from('two'))).entries[0];
  assert.strictEqual(second.etag, '1');
  assert.strictEqual((await client.files.getVersions(file.id)).total_count, 1);
  await refused(client.files.delete(file.id, { etag: '0' }), 412, 'precondition_failed');
  say('a new version has a new etag, and an old one deletes nothing');

  const long = crypto.randomBytes(21_000_001);
  const uploader = await client.files.getChunkedUploader(
    folder.id, long.length, 'long.bin', long, { parallelism: 3 });
  const longFile = (await uploader.start()).entries[0];
  assert.strictEqual(longFile.sha1, sha1(long));
  assert.strictEqual(longFile.size, long.length);
  await refused(
    client.files.createUploadSession(folder.id, 19_000_000, 'short'), 400, 'file_size_too_small');
  say('a long file is uploaded in parts, by three at once');

  const session = await client.files.createUploadSession(folder.id, 20_000_000, 'never');
  await client.files.uploadPart(session.id, long.subarray(0, session.part_size), 0, 20_000_000);
  await refused(
    client.files.uploadPart(session.id, long.subarray(0, 9), 0, 20_000_000), 416,
    'requested_range_not_satisfiable');
  assert.strictEqual((await client.files.getUploadSessionParts(session.id)).total_count, 1);
  await client.files.abortUploadSession(session.id);
  await refused(client.files.getUploadSession(session.id), 404, 'not_found');
  say('an upload session is abandoned');

  await client.files.delete(longFile.id);
  await client.files.deletePermanently(longFile.id);
  await refused(client.files.deletePermanently(longFile.id), 404, 'not_found');
  await refused(client.folders.delete(folder.id), 400, 'folder_not_empty');
  await client.folders.delete(folder.id, { recursive: true });
  await refused(client.folders.get(folder.id), 404, 'not_found');
  say('files and folders are deleted');
}

async function refusedName(promise, isArray) {
  const body = await refused(promise, 409, 'item_name_in_use');
  const conflicts = body.context_info.conflicts;
  assert.strictEqual(Array.isArray(conflicts), isArray);
  return isArray ? conflicts[0] : conflicts;
}

// The generated client.
async function generated() {
  const { BoxClient } = require('box-node-sdk/sdk-gen');
  const { BoxCcgAuth, CcgConfig } = require('box-node-sdk/sdk-gen/box');
  const { NetworkSession } = require('box-node-sdk/sdk-gen/networking/network');
  const { BaseUrls } = require('box-node-sdk/sdk-gen/networking/baseUrls');
  const { BoxRetryStrategy } = require('box-node-sdk/sdk-gen/networking/retries');
  const auth = new BoxCcgAuth({
    config: new CcgConfig({ clientId: clientID, clientSecret, enterpriseId: enterpriseID }),
  });
  const networkSession = new NetworkSession({
    baseUrls: new BaseUrls({ baseUrl: url, uploadUrl: url + '/api', oauth2Url: url + '/oauth2' }),
    retryStrategy: new BoxRetryStrategy({ maxAttempts: 2, retryBaseInterval: 0.1 }),
  });
  const client = new BoxClient({ auth, networkSession });
  const bytes = Buffer.from('some bytes');
  const attributes = (name) => ({ name, parent: { id: root } });
  const upload = (name, headers) => client.uploads.uploadFile(
    { attributes: attributes(name), file: Readable.from(bytes) }, { headers });

  const { UploadFileHeaders, UploadFileVersionHeaders }
    = require('box-node-sdk/sdk-gen/managers/uploads');
  const file = (await upload('g', new UploadFileHeaders({ contentMd5: sha1(bytes) }))).entries[0];
  await refused(upload('h', new UploadFileHeaders({ contentMd5: sha1('x') })), 400, 'bad_digest');
  const version = (ifMatch, modified) => client.uploads.uploadFileVersion(
    file.id,
    { attributes: { name: 'g', contentModifiedAt: modified }, file: Readable.from(bytes) },
    { headers: new UploadFileVersionHeaders({ ifMatch }) });
  await version('0');
  await refused(version('0'), 412, 'precondition_failed');
  say('digests and versions are checked');

  await client.uploads.preflightFileUploadCheck({ name: 'free', size: 3, parent: { id: root } });
  await refused(
    client.uploads.preflightFileUploadCheck({ name: 'G', size: 3, parent: { id: root } }),
    409, 'item_name_in_use');
  await refused(upload('a/b'), 400, 'item_name_invalid');
  await refused(upload('a '), 400, 'item_name_invalid');
  await refused(upload('a'.repeat(256)), 400, 'item_name_too_long');
  say('names are checked before an upload and by it');

  for (let i = 0; i < 5; i++) {
    await upload('page' + i);
  }
  const seen = [];
  let marker;
  do {
    const page = await client.folders.getFolderItems(
      root, { queryParams: { usemarker: true, limit: 2, marker, fields: ['name', 'size'] } });
    assert.ok(page.entries.length <= 2);
    page.entries.forEach((item) => seen.push(item.name));
    marker = page.nextMarker;
  } while (marker);
  assert.deepStrictEqual(seen.sort(), ['g', 'page0', 'page1', 'page2', 'page3', 'page4']);
  await refused(
    client.folders.getFolderItems(root, { queryParams: { usemarker: true, limit: 1001 } }),
    400, 'bad_request');
  say('a folder is listed in pages by markers');

  const long = crypto.randomBytes(20_500_000);
  const big = await client.chunkedUploads.uploadBigFile(
    Readable.from(long), 'big.bin', long.length, root);
  assert.strictEqual(big.sha1, sha1(long));
  assert.ok((await drain(await client.downloads.downloadFile(big.id))).equals(long));
  say('a long file is uploaded in parts and read back');

  const me = await client.users.getUserMe({ queryParams: { fields: ['space_used'] } });
  assert.ok(me.spaceUsed > long.length);
  await client.files.deleteFileById(big.id);
  await client.trashedFiles.deleteTrashedFileById(big.id);
  await refused(client.files.getFileById(big.id), 404, 'not_found');
  say('what is purged is gone');
}

handWritten().then(generated).then(() => say('ok'), (error) => {
  say('failed: ' + (error.stack || error));
  process.exitCode = 1;
});
