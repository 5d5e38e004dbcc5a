package io.raic.cloud;

/**
 * What a store can and cannot do, as data, so that nobody asks which provider it is.
 *
 * @param createOnly whether {@link Precondition.Absent} is kept among racing writers
 * @param replaceIfMatches whether {@link Precondition.Matches} is
 * @param maxObjectBytes the longest object
 * @param parts how an upload is cut
 */
public record Traits(
    boolean createOnly, boolean replaceIfMatches, long maxObjectBytes, PartSizes parts) {}
