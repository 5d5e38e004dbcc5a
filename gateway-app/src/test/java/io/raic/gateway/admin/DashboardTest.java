package io.raic.gateway.admin;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitUntilState;
import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import io.raic.gateway.GatewayApplication;
import io.raic.gateway.http.Scratch;
import io.raic.gateway.login.Role;
import io.raic.gateway.login.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The dashboard in a real browser, over five local stores, of which the third can be broken. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "raic.circuits.minimum-calls=1",
      "raic.circuits.window=2s",
      "raic.circuits.probe-interval=500ms"
    })
class DashboardTest {
  private static final Path DATA = Scratch.directory("dashboard");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots").toAbsolutePath();
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final int PHONE = 375;

  private static Optional<Chromium> chromium = Optional.empty();

  private static final String PASSWORD = "correct horse battery";

  private static final String POST =
      """
      async (path) => (await fetch(path, {
        method: 'POST',
        body: new URLSearchParams({_csrf: document.querySelector('input[name=_csrf]').value}),
      })).status
      """;

  /** What a browser knows after a login, by role. */
  private static final Map<Role, String> LOGINS = new EnumMap<>(Role.class);

  @Autowired private Users users;
  @LocalServerPort private int port;
  private final List<String> complaints = new ArrayList<>();
  private final List<BrowserContext> contexts = new ArrayList<>();

  @DynamicPropertySource
  static void settings(DynamicPropertyRegistry registry) {
    registry.add("raic.data", () -> DATA);
  }

  @BeforeAll
  static void start() throws IOException {
    chromium = Optional.of(Chromium.start());
    Files.createDirectories(SCREENSHOTS);
  }

  @AfterAll
  static void end() {
    chromium.ifPresent(Chromium::close);
  }

  @BeforeEach
  void mend() throws IOException {
    setBroken(false);
  }

  @AfterEach
  void closePages() throws IOException {
    contexts.forEach(BrowserContext::close);
    setBroken(false);
    assertThat(complaints).describedAs("what the browser complained of").isEmpty();
  }

  /** A file in the place of a directory makes every call fail. */
  private static void setBroken(boolean isBroken) throws IOException {
    var store = DATA.resolve("store-3");
    var aside = DATA.resolve("store-3-aside");
    if (isBroken && Files.notExists(aside)) {
      Files.move(store, aside);
      Files.writeString(store, "no directory");
    } else if (!isBroken && Files.exists(aside)) {
      Files.delete(store);
      Files.move(aside, store);
    }
  }

  private Page page(String role, Browser.NewContextOptions options) {
    var login = LOGINS.computeIfAbsent(Role.valueOf(role), this::logIn);
    return page(options.setStorageState(login));
  }

  private Page page(Browser.NewContextOptions options) {
    var context = chromium.orElseThrow().browser().newContext(options);
    contexts.add(context);
    var page = context.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(message -> {
      if (message.type().equals("error")) {
        complaints.add(message.text());
      }
    });
    return page;
  }

  /** Logs in as somebody does, and returns what the browser knows then. */
  private String logIn(Role role) {
    users.add("test", role.word(), role, PASSWORD);
    var page = page(new Browser.NewContextOptions());
    open(page, "/admin");
    page.locator("#name").fill(role.word());
    page.locator("#password").fill(PASSWORD);
    page.locator("button[type=submit]").click();
    assertThat(page.locator("h1")).hasText("Overview");
    assertThat(page.locator(".who")).containsText(role.word());
    return page.context().storageState();
  }

  private Page page(String role, ColorScheme scheme) {
    return page(
        role, new Browser.NewContextOptions().setViewportSize(1280, 900).setColorScheme(scheme));
  }

  /** A page that listens never rests, so it is there when its text is. */
  private void open(Page page, String path) {
    page.navigate(
        "http://127.0.0.1:%d%s".formatted(port, path),
        new Page.NavigateOptions().setWaitUntil(WaitUntilState.DOMCONTENTLOADED));
  }

  private String upload(long seed, int size) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    try {
      HttpResponse<String> answer =
          HTTP.send(
              HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/uri".formatted(port)))
                  .timeout(Duration.ofSeconds(60))
                  .PUT(BodyPublishers.ofByteArray(content))
                  .build(),
              BodyHandlers.ofString(UTF_8));
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String verifyCap(String readCap) {
    return Capabilities.parse(readCap).verifyOnly().map(Capability::reveal).orElseThrow();
  }

  /** The pages that anybody can open by their address. */
  enum Place {
    OVERVIEW("/admin", "Overview"),
    PROVIDERS("/admin/providers", "Providers"),
    PROVIDER("/admin/providers/store-1", "store-1"),
    PREVIEW("/admin/providers/store-2/force-open", "Force open: store-2"),
    EXPOSURE("/admin/exposure", "Exposure"),
    FILES("/admin/files", "Files"),
    EVENTS("/admin/events", "Events"),
    AUDIT("/admin/audit", "Audit");

    private final String path;
    private final String title;

    Place(String path, String title) {
      this.path = path;
      this.title = title;
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPageCanBeUsedByEverybodyInLightAndDarkAndOnAPhone(Place place) {
    upload(1, 300_000);
    for (var scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      var page = page("OPERATOR", scheme);
      open(page, place.path);
      look(page, place.name(), scheme, place.title);
    }
  }

  /** Takes a picture, and looks for what keeps people from using the page. */
  private void look(Page page, String name, ColorScheme scheme, String title) {
    assertThat(page.locator("h1")).hasText(title);
    assertThat(page.locator("#live")).hasText("Live");
    String file = "%s-%s".formatted(name, scheme).toLowerCase(Locale.ROOT);
    page.screenshot(
        new Page.ScreenshotOptions().setFullPage(true).setPath(SCREENSHOTS.resolve(file + ".png")));
    assertAccessible(page);
    page.setViewportSize(PHONE, 740);
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve(file + "-phone.png")));
    assertThat(page.evaluate("document.documentElement.scrollWidth"))
        .describedAs("width of %s on a phone", name)
        .isEqualTo(PHONE);
    assertAccessible(page);
  }

  private static void assertAccessible(Page page) {
    page.evaluate(Frontend.axe());
    var findings =
        page.evaluate(
            """
            async () => (await axe.run()).violations
              .filter((v) => v.impact === 'serious' || v.impact === 'critical')
              .map((v) => v.id + ': ' + v.nodes.map((n) => n.target + ' ' + n.failureSummary).join('; '))
            """);
    assertThat((List<?>) findings).isEmpty();
  }

  @Test
  void aProviderThatFailsIsSeenOnAnOpenPageAndSoIsItsRecovery() throws IOException {
    upload(2, 100_000);
    var page = page("VIEWER", ColorScheme.LIGHT);
    open(page, "/admin");
    assertThat(page.locator("#live")).hasText("Live");
    assertThat(page.locator(".verdict")).containsText("Everything is all right");

    setBroken(true);
    upload(3, 100_000);
    assertThat(page.locator(".verdict").first())
        .containsText("store-3", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    page.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("overview-failing.png")));

    var providers = page("VIEWER", ColorScheme.DARK);
    open(providers, "/admin/providers");
    assertThat(providers.locator("[data-provider=store-3] .badge")).not().hasText("Working");
    providers.screenshot(
        new Page.ScreenshotOptions()
            .setFullPage(true)
            .setPath(SCREENSHOTS.resolve("providers-failing.png")));

    setBroken(false);
    assertThat(page.locator(".verdict").first())
        .containsText(
            "providers work", new LocatorAssertions.ContainsTextOptions().setTimeout(20_000));
    assertThat(providers.locator("[data-provider=store-3] .badge")).hasText("Working");
    open(page, "/admin/events");
    assertThat(page.locator("main")).containsText("Writing goes on");
  }

  @Test
  void aFileIsLookedUpCheckedAndRepaired() throws IOException {
    String readCap = upload(4, 2_500_000);
    String verifyCap = verifyCap(readCap);
    var page = page("OPERATOR", ColorScheme.LIGHT);
    open(page, "/admin/files");
    page.locator("#file").fill(verifyCap);
    page.locator("main button[type=submit]").click();
    assertThat(page.locator("h1")).hasText("File");
    assertNothingTold(page, readCap, verifyCap);

    removeShares("store-2");
    page.locator("#do-check").click();
    assertThat(page.locator("#outcome")).containsText("4 of 5 shares are good");
    page.locator("#do-repair").click();
    assertThat(page.locator("#outcome")).containsText("Repaired: all 5 shares are there");
    look(page, "FILE", ColorScheme.LIGHT, "File");
    assertNothingTold(page, readCap, verifyCap);
    page.locator("#do-verify").click();
    assertThat(page.locator("#outcome")).containsText("Healthy: all 5 shares are good");
  }

  private static void assertNothingTold(Page page, String readCap, String verifyCap) {
    String index = verifyCap.split(":", -1)[2];
    assertThat(page.url() + page.title()).doesNotContain(index, verifyCap, "URI");
    assertThat(page.content()).doesNotContain(readCap, readCap.split(":", -1)[2]);
  }

  private static void removeShares(String store) throws IOException {
    try (var files = Files.walk(DATA.resolve(store))) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void aCapabilityThatReadsIsRefusedAndNotShownAgain() {
    String readCap = upload(5, 100_000);
    var page = page("OPERATOR", ColorScheme.LIGHT);
    open(page, "/admin/files");
    page.locator("#file").fill(readCap);
    page.locator("main button[type=submit]").click();

    assertThat(page.locator("#hint")).containsText("does not belong here");
    assertThat(page.locator("#file")).hasValue("");
    assertThat(page.content()).doesNotContain(readCap.split(":", -1)[2]);
    assertThat(page.url()).endsWith("/admin/files");
  }

  @Test
  void anOperatorPausesWritesAfterSeeingWhatThatDoes() {
    upload(6, 100_000);
    var page = page("OPERATOR", ColorScheme.LIGHT);
    open(page, "/admin/providers/store-4");
    page.locator("a.button", new Page.LocatorOptions().setHasText("Pause writes")).click();
    assertThat(page.locator(".findings"))
        .containsText("New files get all of their 5 shares, at other providers");
    page.locator("#reason").fill("disk is being changed");
    page.locator("button.grave").click();
    assertThat(page.locator("[role=status].note")).hasText("Writes are paused.");
    assertThat(page.locator("#region .badge").first()).hasText("Writing paused");
    assertThat(page.locator("#region")).containsText("disk is being changed");

    page.locator("a.button", new Page.LocatorOptions().setHasText("Resume writes")).click();
    page.locator("button.main").click();
    assertThat(page.locator("#region .badge").first()).hasText("Working");
    open(page, "/admin/events");
    assertThat(page.locator("main")).containsText("Pause writes by operator");
  }

  @Test
  void aViewerSeesEverythingAndCanDoNothing() {
    var page = page("VIEWER", ColorScheme.LIGHT);
    open(page, "/admin/providers/store-1");
    assertThat(page.locator("main button:disabled")).hasCount(5);

    for (var path :
        List.of("/admin/actions/providers/store-1/pause", "/admin/actions/files/x/check")) {
      assertThat(page.evaluate(POST, path)).isEqualTo(403);
    }
    assertThat(complaints).allMatch(complaint -> complaint.contains("403"));
    complaints.clear();
    open(page, "/admin/providers/store-1");
    assertThat(page.locator("#region .badge").first()).hasText("Working");
  }

  @Test
  void pagesCanBeReadWithoutScripts() {
    upload(7, 100_000);
    var page = page("VIEWER", new Browser.NewContextOptions().setJavaScriptEnabled(false));
    for (var place : Place.values()) {
      open(page, place.path);
      assertThat(page.locator("h1")).hasText(place.title);
    }
    open(page, "/admin");
    assertThat(page.locator(".verdict")).isVisible();
    open(page, "/admin/providers/store-1");
    assertThat(page.locator("table")).containsText("commit");
    assertThat(page.locator("svg.strip").first()).isVisible();
  }

  @Test
  void scriptsAndStylesAreForAnybodyAndBeginNoSession() throws Exception {
    var answer =
        HTTP.send(
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:%d/admin/assets/dashboard.css".formatted(port)))
                .build(),
            BodyHandlers.ofString(UTF_8));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().allValues("Cache-Control"))
        .containsExactly("public, max-age=31536000, immutable");
    assertThat(answer.headers().allValues("Set-Cookie")).isEmpty();
  }

  @Test
  void theKeyboardIsEnough() {
    var page = page("VIEWER", ColorScheme.LIGHT);
    open(page, "/admin/providers");
    page.keyboard().press("Tab");
    assertThat(page.locator(".skip")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("#main")).isFocused();
    page.keyboard().press("Tab");
    assertThat(page.locator("#to-store-1")).isFocused();
    page.keyboard().press("Enter");
    assertThat(page.locator("h1")).hasText("store-1");
  }

  @Test
  void theThemeThatWasChosenStays() {
    var page = page("VIEWER", ColorScheme.LIGHT);
    open(page, "/admin");
    page.locator("#theme").click();
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
    open(page, "/admin/exposure");
    assertThat(page.locator("html")).hasAttribute("data-theme", "dark");
  }
}
