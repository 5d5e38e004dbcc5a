package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.LiteralCap;
import io.raic.crypto.capability.ReadCap;
import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Caps;
import io.raic.gateway.web.Params;
import io.raic.gateway.web.RequestedRange;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** {@code GET} and {@code HEAD} of {@code /uri/CAP} and its synonyms. */
@Controller
public final class DownloadController {
  private static final Set<String> QUESTIONS = Set.of("", "json", "uri", "readonly-uri");
  private static final Set<String> READ_QUESTIONS = Set.of("", "readonly-uri");

  private final Downloader downloader;

  DownloadController(Downloader downloader) {
    this.downloader = downloader;
  }

  /** Leads from {@code /uri?uri=CAP}, which a form can make, to the file. */
  @GetMapping({"/uri", "/uri/", "/cap", "/cap/"})
  public void find(HttpServletRequest request, HttpServletResponse response) {
    String text =
        Params.ofQuery(request)
            .text("uri")
            .orElseThrow(() -> new BadRequestException("GET /uri wants uri=CAP"));
    var cap = Caps.file(text.strip());
    response.setStatus(302);
    String others = Params.queryWithout("uri", request);
    String path = "/uri/" + URLEncoder.encode(cap.reveal(), US_ASCII);
    response.setHeader("Location", others.isEmpty() ? path : path + "?" + others);
  }

  /** Answers with a file, or with what {@code t=} wants to know of it. */
  @GetMapping({"/uri/{cap}", "/cap/{cap}"})
  public void get(
      @PathVariable String cap, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    serve(Caps.file(cap), Optional.empty(), request, response);
  }

  /** Answers with a file that is called by the last part of the path. */
  @GetMapping({"/file/{cap}/{name}", "/named/{cap}/{name}"})
  public void getNamed(
      @PathVariable String cap,
      @PathVariable String name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    serve(Caps.file(cap), Optional.of(name), request, response);
  }

  /** A file is no directory, so nothing is below it. */
  @GetMapping({"/uri/{cap}/{*path}", "/cap/{cap}/{*path}"})
  public void getBelow(@PathVariable String cap) {
    var _ = Caps.file(cap);
    throw new BadRequestException(404, "a file has no children");
  }

  private void serve(
      Capability cap,
      Optional<String> name,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    var params = Params.ofQuery(request);
    String question = params.text("t").orElse("");
    if (!QUESTIONS.contains(question)) {
      throw new BadRequestException("unknown t= for a file");
    }
    if (READ_QUESTIONS.contains(question) && cap.readOnly().isEmpty()) {
      throw new BadRequestException(403, "a verify cap cannot read");
    }
    var tag = cap.index().map(index -> "\"%s-%s\"".formatted(index.text(), question));
    tag.ifPresent(t -> response.setHeader("ETag", t));
    if (tag.isPresent() && matches(request.getHeader("If-None-Match"), tag.get())) {
      response.setStatus(304);
      return;
    }
    switch (question) {
      case "json" -> CapabilityJson.write(cap, response);
      case "uri" -> text(cap.reveal(), response);
      case "readonly-uri" -> text(cap.readOnly().orElseThrow().reveal(), response);
      default -> content(cap, params, name, tag, request, response);
    }
  }

  private static void text(String text, HttpServletResponse response) throws IOException {
    byte[] body = text.getBytes(US_ASCII);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private void content(
      Capability cap,
      Params params,
      Optional<String> name,
      Optional<String> tag,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    long size = size(cap);
    var fileName = params.text("filename").or(() -> name);
    ContentHeaders.set(response, fileName, params.flag("save"));
    switch (range(request, tag, size)) {
      case RequestedRange.Whole _ -> send(cap, 0, size, 200, request, response);
      case RequestedRange.Part(long offset, long length) -> {
        response.setHeader(
            "Content-Range", "bytes %d-%d/%d".formatted(offset, offset + length - 1, size));
        send(cap, offset, length, 206, request, response);
      }
      case RequestedRange.Unsatisfiable _ -> {
        response.setHeader("Content-Range", "bytes */" + size);
        response.setContentLength(0);
        response.setStatus(416);
      }
    }
  }

  private static long size(Capability cap) {
    return switch (cap) {
      case ReadCap read -> read.size();
      case LiteralCap literal -> literal.data().length();
      default -> throw new IllegalArgumentException("not a file that can be read");
    };
  }

  private static boolean matches(String ifNoneMatch, String tag) {
    return ifNoneMatch != null
        && Arrays.stream(ifNoneMatch.split(",", -1))
            .map(String::strip)
            .map(t -> t.startsWith("W/") ? t.substring(2) : t)
            .anyMatch(t -> t.equals("*") || t.equals(tag));
  }

  private static RequestedRange range(HttpServletRequest request, Optional<String> tag, long size) {
    String ifRange = request.getHeader("If-Range");
    if (ifRange != null && !ifRange.strip().equals(tag.orElse(""))) {
      return new RequestedRange.Whole();
    }
    return RequestedRange.of(Optional.ofNullable(request.getHeader("Range")), size);
  }

  private void send(
      Capability cap,
      long offset,
      long length,
      int status,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    boolean head = Objects.equals(request.getMethod(), "HEAD");
    // Whether a file can be read shows when some of it is.
    try (var content = open(cap, offset, head ? Math.min(1, length) : length)) {
      response.setStatus(status);
      response.setContentLengthLong(length);
      content.writeTo(head ? OutputStream.nullOutputStream() : response.getOutputStream());
    }
  }

  private FileContent open(Capability cap, long offset, long length) throws IOException {
    return switch (cap) {
      case ReadCap read -> downloader.open(read, offset, length);
      case LiteralCap literal -> downloader.open(literal, (int) offset, (int) length);
      default -> throw new IllegalArgumentException("not a file that can be read");
    };
  }
}
