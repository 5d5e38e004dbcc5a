package io.raic.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What an image is made of, as far as that can be told without making it. */
class DockerfileTest {
  private static final Dockerfile FILE =
      Dockerfile.parse(Project.read(Project.ROOT.resolve("Dockerfile")));

  private static final Pattern MODULE = Pattern.compile("<module>(.*)</module>");

  private static List<String> entryPoint() {
    return Tree.of(FILE.last("ENTRYPOINT").getFirst()).list().stream().map(Tree::text).toList();
  }

  @Test
  void itRunsAsAUserWithoutRights() {
    assertThat(FILE.last("USER")).containsExactly("65532:65532");
    String pod = Project.read(Project.CHART.resolve("templates/_pod.tpl"));
    assertThat(FILE.last("VOLUME")).allSatisfy(path -> assertThat(pod).contains(path));
  }

  @Test
  void thereIsNoShellInIt() {
    assertThat(FILE.last("FROM")).containsExactly("scratch");
    assertThat(FILE.last("RUN")).isEmpty();
    assertThat(FILE.last("ENTRYPOINT").getFirst()).startsWith("[");
    assertThat(FILE.last("CMD")).containsExactly("[\"serve\"]");
  }

  @Test
  void nothingIsFetchedButByTheBuild() {
    assertThat(FILE.all())
        .noneSatisfy(instruction -> assertThat(instruction.name()).isEqualTo("ADD"))
        .noneSatisfy(instruction -> assertThat(instruction.rest()).containsPattern("https?://"));
  }

  @Test
  void everyImageHasAVersion() {
    assertThat(FILE.stages())
        .extracting(stage -> stage.getFirst().rest())
        .allSatisfy(from -> assertThat(from).matches("scratch|[a-z-]+:[0-9][^ ]*( AS [a-z]+)?"));
  }

  @Test
  void onlyWhatIsMadeOrThereIsCopied() {
    assertThat(FILE.last("COPY")).containsExactly("--from=build /rootfs/ /");
    assertThat(FILE.stages().getFirst())
        .filteredOn(instruction -> instruction.name().equals("COPY"))
        .extracting(Dockerfile.Instruction::rest)
        .containsExactly(". .");
  }

  @Test
  void theBuildIsGivenWhatMavenWantsAndNothingElse() {
    var given = Set.copyOf(Project.read(Project.ROOT.resolve(".dockerignore")).lines().toList());
    assertThat(given).contains("**", "!pom.xml", "!*/pom.xml", "!.mvn", "!mvnw", "**/target");
    String gateway = Project.read(Project.ROOT.resolve("gateway-app/pom.xml"));
    var modules =
        MODULE
            .matcher(Project.read(Project.ROOT.resolve("pom.xml")))
            .results()
            .map(match -> match.group(1))
            .filter(module ->
                module.equals("gateway-app")
                    || gateway.contains("<artifactId>" + module + "</artifactId>"));
    assertThat(modules)
        .contains("crypto-core", "cloud-drivers", "gateway-app")
        .allSatisfy(module -> assertThat(given).contains("!" + module));
    assertThat(given.stream().filter(line -> line.startsWith("!")).map(line -> line.substring(1)))
        .filteredOn(path -> !path.contains("*"))
        .allSatisfy(path -> assertThat(Project.ROOT.resolve(path)).exists());
  }

  @Test
  void theCacheOfClassesIsMadeWithTheOptionsItIsUsedWith() {
    String training =
        FILE.all().stream()
            .map(Dockerfile.Instruction::rest)
            .filter(rest -> rest.contains("raic_train"))
            .findFirst()
            .orElseThrow();
    var options =
        Pattern.compile("raic_gateway_options=\"(.*?)\"")
            .matcher(training)
            .results()
            .map(MatchResult::group)
            .findFirst()
            .orElseThrow();
    assertThat(entryPoint().stream().filter(option -> options.contains(option)))
        .containsExactlyElementsOf(List.of(options.replaceAll(".*=\"|\"$", "").split(" ", -1)));
    assertThat(entryPoint()).contains("-XX:AOTCache=/opt/raic/start.aot");
    // Of two kinds of collectors Java chooses by the size of the machine.
    assertThat(options).contains("-XX:+UseG1GC");
  }

  @Test
  void itSaysWhatItIs() {
    assertThat(FILE.last("LABEL").getFirst())
        .contains("image.title=", "image.description=", "image.licenses=\"Apache-2.0\"")
        .contains("image.version=\"" + version() + "\"");
    assertThat(FILE.last("EXPOSE")).containsExactly("3456 3457");
    assertThat(FILE.last("ENV").getFirst()).contains("RAIC_DATA=/var/lib/raic");
  }

  private static String version() {
    return Tree.of(Project.read(Project.CHART.resolve("Chart.yaml"))).at("appVersion").text();
  }

  @Test
  void theChartIsForTheVersionOfTheProject() {
    assertThat(Project.read(Project.ROOT.resolve("pom.xml")))
        .contains("<artifactId>raic</artifactId>\n  <version>" + version() + "</version>");
  }
}
