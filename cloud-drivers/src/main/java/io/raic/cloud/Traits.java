package io.raic.cloud;

/**
 * What a store can and cannot do, as data, so that nobody asks which provider it is.
 *
 * @param createOnly whether {@link Precondition.Absent} is kept among racing writers
 * @param replaceIfMatches whether {@link Precondition.Matches} is
 * @param maxObjectBytes the longest object
 * @param uploadBufferBytes the most memory that one upload keeps of what it was given, so that it
 *     can be sent again; a shorter object takes its own length
 */
public record Traits(
    boolean createOnly, boolean replaceIfMatches, long maxObjectBytes, int uploadBufferBytes) {}
