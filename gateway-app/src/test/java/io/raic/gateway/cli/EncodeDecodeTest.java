package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.capability.Capabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EncodeDecodeTest {
  /** 16 times 'a'. */
  private static final String SECRET = "mfqwcylbmfqwcylbmfqwcylbme";

  @TempDir private Path directory;
  private Path file;
  private Path shares;

  @BeforeEach
  void paths() {
    file = directory.resolve("file");
    shares = directory.resolve("shares-of-it");
  }

  @Test
  void theWorkedExampleOfTheFormatComesOut() throws IOException {
    Files.writeString(file, "a".repeat(56));
    Object[] options = {
      "encode", "-k", 3, "-n", 10, "--segment-size", 131_072, "--convergence", SECRET, file, shares
    };
    var result = new RaicRun().run(options);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.text()).isEqualTo(CapTest.EXAMPLE + "\n");
    byte[] first = Files.readAllBytes(shares.resolve("0"));
    assertThat(first).hasSize(633);
    assertThat(HexFormat.of().formatHex(first, 0, 40))
        .isEqualTo(
            "00000001000000130000001300000024000000370000005700000077000000970000014169a274f9");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "shares-of-it");
    assertThat(shares.toFile().list()).hasSize(10).contains("0", "9");
  }

  @ParameterizedTest
  @ValueSource(longs = {56, 57, 100, 1000, 4095, 4096, 4097, 100_000})
  void anyKSharesGiveTheFileBack(long seed) throws IOException {
    var random = new Random(seed);
    byte[] data = write((int) seed);
    int total = 1 + random.nextInt(8);
    int needed = 1 + random.nextInt(total);
    String cap = encode("-k", needed, "-n", total, "--segment-size", 4096, file, shares);
    while (shares.toFile().list().length > needed) {
      Files.deleteIfExists(shares.resolve(String.valueOf(random.nextInt(total))));
    }
    var result = new RaicRun().run("decode", cap, shares);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo(data);
  }

  @Test
  void standardInputAndNoDirectoryGiveTheSameCap() throws IOException {
    byte[] data = write(200_000);
    String fromFile = encode("--convergence", "", file, shares);
    assertThat(encode("--convergence", "", file, "-")).isEqualTo(fromFile);
    var piped = new RaicRun().withInput(data).run("encode", "--convergence", "", "-", "-");
    assertThat(piped.text().strip()).isEqualTo(fromFile);
    var secret = Files.writeString(directory.resolve("secret"), SECRET + "\n");
    assertThat(encode("--convergence-file", secret, file, "-"))
        .isEqualTo(encode("--convergence", SECRET, file, "-"))
        .isNotEqualTo(fromFile);
  }

  @Test
  void withoutASecretTheKeyIsRandom() throws IOException {
    write(1000);
    assertThat(encode(file, "-")).isNotEqualTo(encode(file, "-"));
    assertThat(encode("--random-key", file, "-")).startsWith("URI:CHK:");
    assertThat(Capabilities.parse(encode(file, "-")).reveal()).endsWith(":3:5:1000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 55})
  void aSmallFileBecomesALiteralAndHasNoShares(int size) throws IOException {
    byte[] data = write(size);
    var result = new RaicRun().run("encode", file, shares);
    assertThat(result.code()).isZero();
    assertThat(result.text()).startsWith("URI:LIT:").hasLineCount(1);
    assertThat(result.err()).contains("no shares were written").hasLineCount(1);
    assertThat(shares).doesNotExist();
    assertThat(new RaicRun().run("decode", result.text().strip()).out()).isEqualTo(data);
  }

  @Test
  void sharesThatAreThereAreNotReplacedUnlessForced() throws IOException {
    write(1000);
    encode(file, shares);
    byte[] before = Files.readAllBytes(shares.resolve("4"));
    for (int i = 0; i < 4; i++) {
      Files.delete(shares.resolve(String.valueOf(i)));
    }
    var refused = new RaicRun().run("encode", file, shares);
    assertThat(refused.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(refused.out()).isEmpty();
    assertThat(refused.err()).contains("exists", "--force").hasLineCount(1);
    assertThat(shares.toFile().list()).containsExactly("4");
    assertThat(shares.resolve("4")).hasBinaryContent(before);
    encode("--force", file, shares);
    assertThat(shares.toFile().list()).hasSize(5);
    assertThat(Files.readAllBytes(shares.resolve("4"))).isNotEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "-k 0",
    "-k 6",
    "-n 257",
    "-n 2",
    "--segment-size 0",
    "--segment-size 16777217",
    "--convergence A",
    "--convergence aaa",
    "--convergence aa --random-key",
    "-k x"
  })
  void impossibleEncodingsAreUsageErrors(String options) throws IOException {
    write(100);
    String line = "encode " + options + " " + file + " " + shares;
    var result = new RaicRun().run((Object[]) line.split(" "));
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("raic: ").hasLineCount(1);
    assertThat(shares).doesNotExist();
  }

  @Test
  void badSharesAreReportedByNumberAndReplaced() throws IOException {
    byte[] data = write(10_000);
    String cap = encode("--segment-size", 1024, file, shares);
    flipAByte(shares.resolve("0"), 2000);
    Files.write(shares.resolve("2"), new byte[10]);
    var result = new RaicRun().run("decode", cap, shares);
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEqualTo(data);
    assertThat(result.err().lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("raic: share 0: "))
        .anyMatch(line -> line.startsWith("raic: share 2: "));
  }

  @Test
  void withTooFewSharesNothingIsWrittenAndTheCountsAreTold() throws IOException {
    write(10_000);
    String cap = encode(file, shares);
    Files.delete(shares.resolve("1"));
    Files.delete(shares.resolve("3"));
    flipAByte(shares.resolve("4"), 100);
    var target = directory.resolve("target");
    var result = new RaicRun().run("decode", cap, shares, "-o", target);
    assertThat(result.code()).isEqualTo(ExitCode.UNRECOVERABLE.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).endsWith("raic: found 2 good shares of the 3 needed\n");
    assertThat(target).doesNotExist();
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("file", "shares-of-it");
  }

  @Test
  void storesOfAGatewayAndChunksAreRead() throws IOException {
    byte[] data = write(10_000);
    String cap = encode(file, shares);
    String index = Capabilities.parse(cap).index().orElseThrow().text();
    for (int i = 0; i < 3; i++) {
      var store =
          Files.createDirectories(
              directory
                  .resolve("store-" + i)
                  .resolve("shares/%s/%s".formatted(index.substring(0, 2), index)));
      byte[] share = Files.readAllBytes(shares.resolve(String.valueOf(i + 2)));
      Files.write(store.resolve(String.valueOf(i + 2)), Arrays.copyOfRange(share, 0, 1000));
      Files.write(store.resolve((i + 2) + ".1"), Arrays.copyOfRange(share, 1000, 1001));
      Files.write(store.resolve((i + 2) + ".2"), Arrays.copyOfRange(share, 1001, share.length));
    }
    var capFile = Files.writeString(directory.resolve("cap"), cap + "\n");
    var target = directory.resolve("target");
    var result =
        new RaicRun()
            .run(
                "decode",
                "--cap-file",
                capFile,
                directory.resolve("store-0"),
                directory.resolve("gone"),
                directory.resolve("store-1"),
                directory.resolve("store-2"),
                "-o",
                target);
    assertThat(result.code()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("gone is no directory: skipped").hasLineCount(1);
    assertThat(target).hasBinaryContent(data);
  }

  @Test
  void decodingNeedsAReadCapOfAnImmutableFileAndADirectory() throws IOException {
    write(100);
    String cap = encode(file, shares);
    assertThat(new RaicRun().run("decode", cap).code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(new RaicRun().withInput(cap).run("decode", "-", shares).out()).hasSize(100);
    for (String other : new String[] {cap.replace("CHK", "CHK-Verifier"), "URI:DIR2-LIT:"}) {
      var result = new RaicRun().run("decode", other, shares);
      assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
      assertThat(result.err()).hasLineCount(1);
    }
  }

  @Test
  void aFullDiskLeavesNoShares() throws IOException {
    write(100_000);
    var result = new RaicRun().run("encode", file, "/dev/null/shares");
    assertThat(result.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).startsWith("raic: cannot write shares to ").hasLineCount(1);
  }

  private byte[] write(int size) throws IOException {
    byte[] data = PutTest.bytes(size);
    Files.write(file, data);
    return data;
  }

  private static String encode(Object... args) {
    var words = new Object[args.length + 1];
    words[0] = "encode";
    System.arraycopy(args, 0, words, 1, args.length);
    var result = new RaicRun().run(words);
    assertThat(result.err()).isEmpty();
    assertThat(result.code()).isZero();
    return result.text().strip();
  }

  private static void flipAByte(Path share, int position) throws IOException {
    byte[] bytes = Files.readAllBytes(share);
    bytes[position] ^= 1;
    Files.write(share, bytes);
  }
}
