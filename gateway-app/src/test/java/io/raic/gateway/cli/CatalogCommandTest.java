package io.raic.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.VerifyCap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class CatalogCommandTest {
  private static final int SIZE = 5000;

  @TempDir private Path directory;

  @BeforeEach
  void makeData() throws IOException {
    Files.createDirectory(data());
  }

  private Path data() {
    return directory.resolve("data");
  }

  private String audit() {
    return new RaicRun().run("audit", "list", "--data", data()).text();
  }

  private RaicRun.Result catalog(Object... words) {
    var all = new Object[words.length + 3];
    all[0] = "catalog";
    System.arraycopy(words, 0, all, 1, words.length);
    all[words.length + 1] = "--data";
    all[words.length + 2] = data();
    return new RaicRun().run(all);
  }

  /** Puts the shares of a file into the stores for trying. */
  private VerifyCap store() throws IOException {
    var file = directory.resolve("file");
    Files.write(file, new byte[SIZE]);
    var shares = directory.resolve("shares");
    String text = new RaicRun().run("encode", file, shares).text().strip();
    Capability cap = Capabilities.parse(text).verifyOnly().orElseThrow();
    String index = cap.index().orElseThrow().text();
    for (int i = 0; i < 5; i++) {
      var place =
          data().resolve("store-" + (i + 1)).resolve("shares").resolve(index.substring(0, 2));
      Files.createDirectories(place.resolve(index));
      Files.copy(shares.resolve("" + i), place.resolve(index).resolve("" + i));
    }
    return (VerifyCap) cap;
  }

  @Test
  void whatIsInTheStoresIsListedAfterARebuild() throws IOException {
    var cap = store();
    var rebuilt = catalog("rebuild");
    assertThat(rebuilt.err()).isEmpty();
    assertThat(rebuilt.code()).isZero();
    assertThat(rebuilt.text())
        .contains("5 objects of 1 files, 1 of them new")
        .contains("objects/s");

    var log = new RaicRun().run("audit", "list", "--data", data()).text();
    assertThat(log).contains("catalog.rebuild").doesNotContain("failed");

    var list = catalog("list").text().lines().toList();
    assertThat(list).hasSize(2);
    assertThat(list.get(1))
        .contains(cap.storageIndex().text(), "3/5", "full")
        .doesNotContain("URI:");

    var json = JsonMapper.shared().readTree(catalog("list", "--json").text());
    assertThat(json.get("verifyCap").asString()).isEqualTo(cap.reveal());
    assertThat(json.get("good").asInt()).isEqualTo(5);
    assertThat(json.get("size").asLong()).isEqualTo(SIZE);
    assertThat(json.has("stored")).isFalse();
    assertThat(catalog("list", "--json", "--redundancy", "lost").text()).isEmpty();
  }

  @Test
  void withoutReadingNewFilesAreLeftOutAndSaidSo() throws IOException {
    var _ = store();
    var rebuilt = catalog("rebuild", "--no-read");
    assertThat(rebuilt.code()).isZero();
    assertThat(rebuilt.err()).contains("1 files were not read");
    assertThat(catalog("list", "--json").text()).isEmpty();
  }

  @Test
  void aFileIsForgottenIfItIsLost() throws IOException {
    String index = store().storageIndex().text();
    assertThat(catalog("rebuild").code()).isZero();
    var kept = catalog("forget", index);
    assertThat(kept.code()).isEqualTo(ExitCode.FAILED.number());
    assertThat(kept.err()).contains("not lost");
    assertThat(catalog("list").text()).contains(index);

    assertThat(audit()).doesNotContain("catalog.forget");
    assertThat(catalog("forget", "--force", index).code()).isZero();
    assertThat(audit()).contains("catalog.forget", index);
    assertThat(catalog("list").text()).doesNotContain(index);
    assertThat(catalog("forget", index).err()).contains("not in the catalog");
    assertThat(catalog("forget", "URI:LIT:aa").code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(catalog("forget", "nonsense").code()).isEqualTo(ExitCode.USAGE.number());
  }

  @Test
  void aWordThatIsNoRedundancyIsRefused() {
    var result = catalog("list", "--redundancy", "fine");
    assertThat(result.code()).isEqualTo(ExitCode.USAGE.number());
    assertThat(result.err()).contains("full, degraded, critical, lost");
  }
}
