package io.raic.cloud.contract;

/**
 * Everything that a driver has to keep: its test class implements this and says how to open an
 * empty store. Where the traits of a store say that it cannot do something, the tests of that are
 * skipped.
 */
public interface CloudBackendContract
    extends WritingContract,
        ReadingContract,
        ListingContract,
        PreconditionContract,
        RacingContract,
        EndingContract {}
