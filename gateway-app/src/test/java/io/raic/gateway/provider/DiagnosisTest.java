package io.raic.gateway.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.cloud.BackendException;
import io.raic.cloud.Operation;
import io.raic.cloud.Request;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiagnosisTest {
  /** Its name is none of the words that are looked for. */
  private static final Request REQUEST = Request.of("region-clock-ssl", Operation.PROBE);

  /** What the drivers say, in their words, with codes and sentences of the services. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Credentials
        "the server does not know the access key id: InvalidAccessKeyId (403) | the credentials",
        "the secret access key is wrong, or: SignatureDoesNotMatch (403) | the credentials",
        "the session token is wrong: InvalidToken (400) | the credentials",
        "the credentials have ended: ExpiredToken (400) | the credentials",
        "the credentials from the file make no sense | the credentials",
        "the credentials are not accepted: Invalid Credentials | the credentials",
        "no access token is given: invalid_grant: Invalid JWT Signature. | the credentials",
        "no credentials are configured, and there are no default ones | the credentials",
        "the credentials are not of a kind that can be used | the credentials",
        "the account key is not Base64 | the credentials",
        "the account key is not one of the account's (403 AuthenticationFailed) | the credentials",
        "the SAS token has ended at 2026-01-01T00:00:00Z | the credentials",
        "the SAS token is not valid yet, not whole (403 AuthenticationFailed) | the credentials",
        "the SAS token is not a query like sv=...&se=...&sig=... | the credentials",
        "the certificate has ended at 2026-01-01T00:00:00Z | the credentials",
        "the certificate is not one of the application's (AADSTS700027) | the credentials",
        "the tenant does not know the client id (AADSTS700016) | the credentials",
        "there is no such tenant (AADSTS90002) | the credentials",
        "the client secret has ended: make a new one (AADSTS7000222) | the credentials",
        "the identity service gives no token (status 400) | the credentials",
        "the request showed no credential (409 PublicAccessNotPermitted) | the credentials",
        "Box does not know the client id with this secret: invalid_client | the credentials",
        "Box does not take the token: unauthorized | the credentials",
        "Box does not accept the subject, key or refresh token: invalid_grant | the credentials",
        "the JWT configuration cannot be read | the credentials",
        "the developer token is over: it lives for an hour | the credentials",
        "the token file box.token cannot be used (IOException) | the credentials",
        "Keystone refused the credentials of raic | the credentials",
        "the login refused the user name or the key of raic | the credentials",
        "a token that is new was refused | the credentials",
        "put was answered with 401: the user may not do that | the credentials",
        "cannot read /etc/raic/secret: NoSuchFileException | the credentials",
        "the account does not allow keys: use Microsoft Entra (403) | of this kind",
        // The clock
        "the clock of this machine is 1000 s behind: RequestTimeTooSkewed (403) | check the clock",
        "this machine's clock is wrong by 20 minutes: set it (403 X) | check the clock",
        "Box does not accept the time: is the clock of this machine right? | check the clock",
        "no access token is given: Is this machine's clock right? | check the clock",
        "the assertion, has ended: is the clock right? (AADSTS700024) | check the clock",
        // The place
        "there is no bucket shares: NoSuchBucket (404) | no such bucket",
        "bucket shares does not exist, or is not to be seen | no such bucket",
        "there is no such container: make it (404 ContainerNotFound) | no such bucket",
        "there is no such account or container (404 ResourceNotFound) | no such bucket",
        "there is no folder 7, or this account may not see it | no such bucket",
        "there is no such item, or this account may not see it: not_found | no such bucket",
        "container shares does not exist | no such bucket",
        "the bucket is in region us-east-1, not in eu-central-1: X (301) | the region",
        "the bucket is somewhere else: PermanentRedirect (301) | the region",
        "AuthorizationHeaderMalformed: expecting eu-central-1 | the region",
        "there is no region two, but one | the region",
        "region-name is missing: there are one, two | the region",
        "the catalog has no object-store with interface public | check the address",
        "there is no Keystone v3 at auth-url | check the address",
        "the SAS token wants https (403 AuthorizationProtocolMismatch) | by https",
        "the login is encrypted and the storage it names is not; set storage-url | by https",
        // What the account may do
        "no permission (s3:PutObject): AccessDenied (403) | give it the permission",
        "403 forbidden: raic does not have storage.objects.create access | give it the permission",
        "on bucket shares it lacks storage.objects.delete | give it the permission",
        "the SAS token does not allow this: it needs racwdl (403) | give it the permission",
        "a role is missing: give Storage Blob Data Contributor | give it the permission",
        "the service does not allow it (403) | give it the permission",
        "a conditional access policy forbids it (AADSTS53003) | give it the permission",
        "the application lacks the scope: insufficient_scope access token. | give it the permission",
        "an administrator has not authorized it: unauthorized_client | give it the permission",
        "Box answers 403: access_denied_insufficient_permissions | give it the permission",
        "this account may not write and delete in folder 7 | give it the permission",
        "put was answered with 403: the user may not do that | give it the permission",
        "store is denied | give it the permission",
        // What nobody may do
        "the account's network rules keep this machine out, or (403) | network rules",
        "the SAS token is for other addresses than this one (403) | network rules",
        "the account is closed or blocked: AccountProblem (403) | has shut this",
        "the storage account is disabled (403 AccountIsDisabled) | has shut this",
        "the object is archived and has to be restored: InvalidObjectState (403) | archives or locks",
        "the blob is in the archive tier: set it to another one first (409) | archives or locks",
        "an immutability policy or a legal hold keeps the blob (409) | archives or locks",
        "somebody holds a lease on the blob (409 LeaseIdMissing) | archives or locks",
        "the server cannot do that: NotImplemented (501) | does not take such a request",
        "refused: InvalidArgument (400) | does not take such a request",
        "this account does not have that access tier (409) | does not take such a request",
        "the account does not have what is asked for (400) | does not take such a request",
        "put was answered with 405: the store refuses that | does not take such a request",
        "Box answers 400: bad_request | does not take such a request",
      })
  void aRefusalIsOfCredentialsClockPlaceOrPermission(String words, String advice) {
    assertThat(Diagnosis.of(new BackendException.AccessDenied(REQUEST, words))).contains(advice);
  }

  /** What the drivers say when nobody has refused anything: it is never of the credentials. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The way there
        "the token service: cannot be reached | cannot be reached",
        "the token service: no answer in time | cannot be reached",
        "no access token came in time | cannot be reached",
        "no token in time | cannot be reached",
        "Microsoft Entra, or the machine's service, gives no token in time | cannot be reached",
        "Microsoft Entra, or the machine's service, cannot be reached | cannot be reached",
        "nobody could log in in time | cannot be reached",
        "cannot be reached | cannot be reached",
        "it cannot be reached | cannot be reached",
        "the service cannot be reached | cannot be reached",
        "no answer in time | cannot be reached",
        "no answer, and nothing moved for 30 s | cannot be reached",
        "nothing moved in time | cannot be reached",
        "nothing has come for too long | cannot be reached",
        "no connection in time | cannot be reached",
        "the connection failed: IOException | cannot be reached",
        "the connection was lost: SocketException | cannot be reached",
        "the connection ended without an answer | cannot be reached",
        "ConnectException: Connection refused | cannot be reached",
        "SocketTimeoutException: Read timed out | cannot be reached",
        "NoHttpResponseException: the target server failed to respond | cannot be reached",
        "interrupted | cannot be reached",
        "its name is unknown | no host of this name",
        "the token service: its name is unknown | no host of this name",
        "its name is not known here | no host of this name",
        "the name of the server is unknown | no host of this name",
        "no such host: s3.example | no host of this name",
        "no secure connection: SSLHandshakeException | cannot be made secure",
        "the token service: no secure connection: SSLException | cannot be made secure",
        "no secure connection: the certificate is not trusted | cannot be made secure",
        "no secure connection can be made to it | cannot be made secure",
        "no encrypted connection: PKIX path building failed | cannot be made secure",
        // What is there
        "an answer that makes no sense | check the address",
        "the answer is no JSON | check the address",
        "this is not Azure's answer (status 400) | check the address",
        "the connection broke, or what answers does not speak HTTP | check the address",
        "the login gave no token: is this the address of an auth v1? | check the address",
        "the login gave no address of the storage | check the address",
        "its directory is in use by another gateway | stop it",
        "raic is missing; is its disk there? | mount the disk",
        "store is not a directory | mount the disk",
        "another process holds the token file | try again",
        "no credentials can be had from the surroundings | what gives the credentials",
        // What passes
        "the token service answers 503 | may work again later",
        "no access token could be had: RuntimeException | may work again later",
        "there is no token to be had | may work again later",
        "Microsoft Entra is busy (AADSTS90033) | may work again later",
        "Box answers 500: internal_server_error | may work again later",
        "login was answered with 500 | may work again later",
        "the server failed: InternalError (500) | may work again later",
        "503 backendError: try again | may work again later",
        "the service does not work (status 500) | may work again later",
      })
  void aFailureIsOfTheNetworkOrThePlaceOrPasses(String words, String advice) {
    assertThat(Diagnosis.of(new BackendException.Unavailable(REQUEST, words)))
        .contains(advice)
        .doesNotContain("credentials are wrong");
  }

  @Test
  void theNameOfARequestTellsNothing() {
    assertThat(Diagnosis.of(new BackendException.AccessDenied(REQUEST.named("401-tls"), "403")))
        .contains("give it the permission");
  }

  @Test
  void causesTellTooAndAreNotShown() {
    var host = new UnknownHostException("s3.hunter2.example");
    assertThat(of(host)).contains("no host of this name").doesNotContain("hunter2");
    assertThat(of(new ConnectException("Connection refused"))).contains("cannot be reached");
    assertThat(of(new IOException(new SSLHandshakeException("PKIX path building failed"))))
        .contains("cannot be made secure");
  }

  private static String of(Exception cause) {
    return Diagnosis.of(new BackendException.Unavailable(REQUEST, "failed", cause));
  }

  @Test
  void aThrottleTellsWhenToTryAgain() {
    assertThat(Diagnosis.of(new BackendException.Throttled(REQUEST, "x", Duration.ofSeconds(9))))
        .contains("try again in 10 s");
    assertThat(Diagnosis.of(new BackendException.Throttled(REQUEST, "x", Duration.ZERO)))
        .contains("try again later");
  }
}
