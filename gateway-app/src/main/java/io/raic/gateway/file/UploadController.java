package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.grid.Grid;
import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Params;
import io.raic.gateway.web.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** {@code PUT /uri} and {@code POST /uri?t=upload}: bytes in, a capability out. */
@Controller
public final class UploadController {
  private static final Logger LOG = LoggerFactory.getLogger(UploadController.class);
  private static final int MAX_FIELD_BYTES = 4096;
  private static final String CAP_PLACEHOLDER = "%(uri)s";

  private final Uploader uploader;
  private final Grid grid;

  UploadController(Uploader uploader, Grid grid) {
    this.uploader = uploader;
    this.grid = grid;
  }

  /** Stores the body and answers with its capability. */
  @PutMapping({"/uri", "/uri/", "/cap", "/cap/"})
  public void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var params = Params.ofQuery(request);
    refuseUnknown(params, Optional.empty());
    if (request.getHeader("Content-Range") != null) {
      throw new BadRequestException(501, "a file is stored whole: no Content-Range");
    }
    long length = request.getContentLengthLong();
    var stored =
        uploader.upload(
            new RequestBody(request.getInputStream()),
            length < 0 ? OptionalLong.empty() : OptionalLong.of(length),
            params.flag("random-key"));
    answer(stored, response);
  }

  /** Stores the field {@code file} of a form and answers with its capability. */
  @PostMapping({"/uri", "/uri/", "/cap", "/cap/"})
  public void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var params = Params.ofQuery(request);
    if (!JakartaServletFileUpload.isMultipartContent(request)) {
      refuseUnknown(params, Optional.of("upload"));
      throw new BadRequestException("t=upload wants multipart/form-data with a field named file");
    }
    Optional<Uploader.Stored> stored = Optional.empty();
    Optional<String> kind = params.text("t");
    Optional<String> whenDone = params.text("when_done");
    try {
      var items = new JakartaServletFileUpload<>().getItemIterator(request);
      while (items.hasNext()) {
        var item = items.next();
        switch (Objects.requireNonNullElse(item.getFieldName(), "")) {
          case "file" -> {
            requireOnce(stored);
            requireUpload(kind);
            requireSameSite(whenDone);
            stored = Optional.of(upload(item, params.flag("random-key")));
          }
          case "t" -> kind = kind.or(() -> Optional.of(field(item)));
          case "when_done" -> whenDone = whenDone.or(() -> Optional.of(field(item)));
          default -> field(item);
        }
      }
    } catch (FileUploadException e) {
      throw new BadRequestException("the form could not be read: " + e.getClass().getSimpleName());
    }
    requireSameSite(whenDone);
    var done = stored.orElseThrow(() -> new BadRequestException("the form has no field file"));
    if (whenDone.isPresent()) {
      redirect(whenDone.get(), done, response);
    } else {
      answer(done, response);
    }
  }

  private static void requireOnce(Optional<Uploader.Stored> stored) {
    if (stored.isPresent()) {
      throw new BadRequestException("the form has more than one field named file");
    }
  }

  private static void requireUpload(Optional<String> kind) {
    if (!kind.orElse("").equals("upload")) {
      throw new BadRequestException("a form is stored with t=upload");
    }
  }

  /** The address may hold the capability: it must not lead to somebody else. */
  private static void requireSameSite(Optional<String> whenDone) {
    if (whenDone.isPresent() && !whenDone.get().matches("/(?![/\\\\])\\P{Cntrl}*")) {
      throw new BadRequestException("when_done= is a path on this gateway");
    }
  }

  private static void refuseUnknown(Params params, Optional<String> wanted) {
    if (!params.text("t").equals(wanted)) {
      throw new BadRequestException(
          "unknown or missing t= for this request: want "
              + wanted.map(t -> "t=" + t).orElse("none"));
    }
    if (params.flag("mutable") || !params.text("format").orElse("CHK").equalsIgnoreCase("CHK")) {
      throw new BadRequestException(501, "this gateway stores immutable files only");
    }
  }

  private Uploader.Stored upload(FileItemInput item, boolean randomKey) throws IOException {
    return uploader.upload(new RequestBody(item.getInputStream()), OptionalLong.empty(), randomKey);
  }

  private static String field(FileItemInput item) {
    try (InputStream in = item.getInputStream()) {
      byte[] bytes = in.readNBytes(MAX_FIELD_BYTES + 1);
      if (bytes.length > MAX_FIELD_BYTES) {
        throw new BadRequestException("a field of the form is too long");
      }
      return new String(bytes, UTF_8);
    } catch (IOException _) {
      throw new BadRequestException("the form broke off");
    }
  }

  private static void redirect(
      String whenDone, Uploader.Stored stored, HttpServletResponse response) {
    String cap = URLEncoder.encode(stored.capability().reveal(), US_ASCII);
    response.setStatus(302);
    response.setHeader("Location", whenDone.replace(CAP_PLACEHOLDER, cap));
  }

  private void answer(Uploader.Stored stored, HttpServletResponse response) throws IOException {
    if (stored instanceof Uploader.Stored.Shared(var cap, int shares)) {
      response.setHeader("X-Raic-Redundancy", shares + "/" + cap.total());
      LOG.info("stored {}, {} of {} shares", cap, shares, grid.rules().total());
    }
    byte[] body = stored.capability().reveal().getBytes(US_ASCII);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
