package io.raic.cloud.s3;

import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import software.amazon.awssdk.http.auth.aws.scheme.AwsV4AuthScheme;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.scheme.AuthScheme;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignRequest;
import software.amazon.awssdk.http.auth.spi.signer.AsyncSignedRequest;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.IdentityProvider;
import software.amazon.awssdk.identity.spi.IdentityProviders;

/**
 * The SDK's signature, version 4, without a hash of what is long.
 *
 * <p>SHA-256 of a part costs more than sending it. A part's CRC-32C is a header and so is signed,
 * over TLS nothing can change a body, and the gateway proves every block that it reads. What is
 * short, such as the list of an upload's parts, is hashed: it costs nothing.
 *
 * <p>The time is the machine's. The SDK would learn the server's from a refusal and go on; a clock
 * that is wrong by a quarter of an hour has to be told to somebody instead.
 */
final class S3Signing
    implements AuthScheme<AwsCredentialsIdentity>, HttpSigner<AwsCredentialsIdentity> {
  private static final long HASHED_BYTES = 1 << 14;

  private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
  private final AwsV4AuthScheme scheme = AwsV4AuthScheme.create();
  private final Clock clock;

  S3Signing(Clock clock) {
    this.clock = clock;
  }

  @Override
  public String schemeId() {
    return AwsV4AuthScheme.SCHEME_ID;
  }

  @Override
  public IdentityProvider<AwsCredentialsIdentity> identityProvider(IdentityProviders providers) {
    return scheme.identityProvider(providers);
  }

  @Override
  public HttpSigner<AwsCredentialsIdentity> signer() {
    return this;
  }

  @Override
  public SignedRequest sign(SignRequest<? extends AwsCredentialsIdentity> request) {
    return signHere(request);
  }

  private <T extends AwsCredentialsIdentity> SignedRequest signHere(SignRequest<T> request) {
    long bytes =
        request.request().firstMatchingHeader("Content-Length").map(Long::parseLong).orElse(0L);
    boolean isHashed = bytes <= HASHED_BYTES;
    String protocol = request.request().protocol();
    var asked = request.request().toBuilder();
    if (!isHashed) {
      // The signer insists on a hash for any other protocol.
      asked.protocol("https");
    }
    var signed =
        signer.sign(
            request.toBuilder()
                .request(asked.build())
                .putProperty(AwsV4FamilyHttpSigner.PAYLOAD_SIGNING_ENABLED, isHashed)
                .putProperty(AwsV4FamilyHttpSigner.CHUNK_ENCODING_ENABLED, false)
                .putProperty(HttpSigner.SIGNING_CLOCK, clock)
                .build());
    return signed.toBuilder()
        .request(signed.request().toBuilder().protocol(protocol).build())
        .build();
  }

  @Override
  public CompletableFuture<AsyncSignedRequest> signAsync(
      AsyncSignRequest<? extends AwsCredentialsIdentity> request) {
    throw new UnsupportedOperationException("only the blocking client is used");
  }
}
