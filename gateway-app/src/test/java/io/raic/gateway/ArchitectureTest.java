package io.raic.gateway;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** What docs/architecture.md promises, as tests over all modules. */
@AnalyzeClasses(
    packages = "io.raic",
    importOptions = {ImportOption.DoNotIncludeTests.class, NoTestJars.class})
class ArchitectureTest {

  @ArchTest
  static final ArchRule CRYPTO_IS_PURE =
      noClasses()
          .that()
          .resideInAPackage("io.raic.crypto..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.raic.cloud..",
              "io.raic.gateway..",
              "org.springframework..",
              "org.slf4j..",
              "io.micrometer..",
              "java.net..",
              "java.util.concurrent..",
              "java.nio.file..")
          .because("every test of it is then a function call");

  @ArchTest
  static final ArchRule CRYPTO_HAS_LAYERS =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.raic.crypto..")
          .layer("bytes")
          .definedBy("io.raic.crypto.bytes")
          .layer("primitives")
          .definedBy("io.raic.crypto.hash", "io.raic.crypto.cipher", "io.raic.crypto.erasure")
          .layer("names")
          .definedBy("io.raic.crypto.capability")
          .layer("shares")
          .definedBy("io.raic.crypto.share")
          .layer("files")
          .definedBy("io.raic.crypto.file")
          .whereLayer("files")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("shares")
          .mayOnlyBeAccessedByLayers("files")
          .whereLayer("names")
          .mayOnlyBeAccessedByLayers("shares", "files")
          .whereLayer("primitives")
          .mayOnlyBeAccessedByLayers("names", "shares", "files")
          .because("dependencies in one direction can be read in one direction");

  @ArchTest
  static final ArchRule NO_PACKAGE_CYCLES =
      slices()
          .matching("io.raic.(*).(*)..")
          .should()
          .beFreeOfCycles()
          .because("the picture of the packages stays drawable");

  @ArchTest
  static final ArchRule ONLY_THE_VECTOR_KERNELS_KNOW_THE_INCUBATOR =
      noClasses()
          .that()
          .haveNameNotMatching(
              "io\\.raic\\.crypto\\.(erasure\\.VectorKernel|hash\\.VectorSha256)(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator.vector..")
          .because("an incubator can change or vanish");

  @ArchTest
  static final ArchRule THE_INTERFACE_KNOWS_NO_DRIVER =
      noClasses()
          .that()
          .resideInAPackage("io.raic.cloud")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.raic.cloud.*..")
          .because("a driver can be deleted");

  @ArchTest
  static final ArchRule DRIVERS_KNOW_NO_OTHER_DRIVER =
      slices()
          .matching("io.raic.cloud.(azure|box|gcs|local|memory|s3|swift)..")
          .should()
          .notDependOnEachOther()
          .because("a driver can be deleted");

  @ArchTest
  static final ArchRule DRIVERS_KNOW_NEITHER_SHARES_NOR_SPRING =
      noClasses()
          .that()
          .resideInAPackage("io.raic.cloud..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.raic.crypto..", "io.raic.gateway..", "org.springframework..")
          .because("a driver knows keys and bytes");

  @ArchTest
  static final ArchRule ONLY_THE_GRID_AND_PROVIDERS_KNOW_CLOUDS =
      noClasses()
          .that()
          .resideInAPackage("io.raic.gateway.*..")
          .and()
          .resideOutsideOfPackages(
              "io.raic.gateway.grid..",
              "io.raic.gateway.provider..",
              "io.raic.gateway.bench..",
              "io.raic.gateway.watch..",
              "io.raic.gateway.admin..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.raic.cloud..")
          .because("one place opens clouds, and others use, measure and watch them");

  @ArchTest
  static final ArchRule FEATURES_KNOW_ONLY_WHAT_THEY_MUST =
      layeredArchitecture()
          .consideringOnlyDependenciesInAnyPackage("io.raic.gateway..")
          .layer("grid")
          .definedBy("io.raic.gateway.grid")
          .layer("provider")
          .definedBy("io.raic.gateway.provider")
          .layer("bench")
          .definedBy("io.raic.gateway.bench")
          .layer("web")
          .definedBy("io.raic.gateway.web")
          .layer("file")
          .definedBy("io.raic.gateway.file")
          .layer("repair")
          .definedBy("io.raic.gateway.repair")
          .layer("access")
          .definedBy("io.raic.gateway.access")
          .layer("state")
          .definedBy("io.raic.gateway.state")
          .layer("audit")
          .definedBy("io.raic.gateway.audit")
          .layer("login")
          .definedBy("io.raic.gateway.login")
          .layer("watch")
          .definedBy("io.raic.gateway.watch")
          .layer("catalog")
          .definedBy("io.raic.gateway.catalog")
          .layer("admin")
          .definedBy("io.raic.gateway.admin")
          .layer("cli")
          .definedBy("io.raic.gateway.cli")
          .layer("gateway")
          .definedBy("io.raic.gateway")
          .whereLayer("grid")
          .mayOnlyBeAccessedByLayers(
              "provider", "bench", "web", "file", "repair", "watch", "catalog", "admin", "gateway")
          .whereLayer("provider")
          .mayOnlyBeAccessedByLayers("bench", "admin", "gateway", "cli")
          .whereLayer("bench")
          .mayOnlyBeAccessedByLayers("cli")
          .whereLayer("web")
          .mayOnlyBeAccessedByLayers(
              "access", "file", "repair", "login", "watch", "admin", "gateway")
          .whereLayer("access")
          .mayOnlyBeAccessedByLayers("file", "repair", "cli", "gateway")
          .whereLayer("file")
          // The command keeps standard input as the gateway keeps an upload.
          .mayOnlyBeAccessedByLayers("watch", "admin", "gateway", "cli")
          .whereLayer("repair")
          .mayOnlyBeAccessedByLayers("watch", "catalog", "admin", "gateway")
          .whereLayer("watch")
          .mayOnlyBeAccessedByLayers("gateway")
          .whereLayer("catalog")
          .mayOnlyBeAccessedByLayers("gateway", "cli")
          .whereLayer("admin")
          .mayOnlyBeAccessedByLayers("gateway")
          .whereLayer("gateway")
          .mayOnlyBeAccessedByLayers("cli")
          .because("features meet through the grid");

  @ArchTest
  static final ArchRule ONLY_WHAT_WATCHES_KNOWS_METRICS_AND_TRACES =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.raic.gateway.watch..")
          .and()
          .haveNameNotMatching("io\\.raic\\.gateway\\.WatchWiring(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.micrometer..", "io.prometheus..", "io.opentelemetry..")
          .because("what is counted is counted plainly, and asked by one place");

  @ArchTest
  static final ArchRule THREADS_START_IN_ONE_PLACE =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("io.raic.gateway.schedule.VirtualThreads")
          .and()
          // A driver's library wants threads, and a login outlives the caller that began it.
          .resideOutsideOfPackages("io.raic.gateway.cli..", "io.raic.cloud..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.concurrent.Executors")
          .orShould()
          .callConstructor(Thread.class)
          .orShould()
          .callMethod(Thread.class, "ofVirtual")
          .orShould()
          .callMethod(Thread.class, "startVirtualThread", Runnable.class)
          .because("what is started in one place can be bounded there");

  @ArchTest
  static final ArchRule THE_ENGINE_WAITS_BY_ITS_SCHEDULER =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.raic.gateway.grid",
              "io.raic.gateway.file",
              "io.raic.gateway.repair",
              "io.raic.gateway.catalog")
          .should()
          .callMethod(System.class, "nanoTime")
          .orShould()
          .callMethod(Thread.class, "sleep", Duration.class)
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching(
              "java\\.util\\.concurrent\\.(?!ConcurrentLinked)(\\w*Queue|\\w*Deque|Semaphore|CountDownLatch|FutureTask)")
          .because("a simulation must be able to stand in for the machine");

  @ArchTest
  static final ArchRule TIME_COMES_FROM_A_CLOCK =
      noClasses()
          .that()
          // A driver holds its provider's word about time against the machine's clock; its tests
          // move the provider's.
          .resideOutsideOfPackage("io.raic.cloud..")
          .should()
          .callMethod(Instant.class, "now")
          .because("tests set the clock");

  @ArchTest
  static final ArchRule RANDOMNESS_IS_SECURE =
      noClasses()
          .should()
          .dependOnClassesThat(equivalentTo(Random.class))
          .because("keys come from SecureRandom");
}
