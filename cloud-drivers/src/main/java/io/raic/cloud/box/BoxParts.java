package io.raic.cloud.box;

/**
 * What a store is made of, for those who use several of its pieces.
 *
 * @param calls makes requests
 * @param api finds and removes
 * @param folders by name
 * @param files by key
 * @param writer of objects in one request
 * @param sessions for those in parts
 * @param committer of those
 */
record BoxParts(
    BoxCalls calls,
    BoxApi api,
    BoxFolders folders,
    BoxFiles files,
    BoxWriter writer,
    BoxSessions sessions,
    BoxCommitter committer) {}
