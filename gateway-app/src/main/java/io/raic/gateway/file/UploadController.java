package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.raic.gateway.access.Caller;
import io.raic.gateway.access.Quotas;
import io.raic.gateway.grid.Grid;
import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Params;
import io.raic.gateway.web.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;

/** {@code PUT /uri} and {@code POST /uri?t=upload}: bytes in, a capability out. */
@Controller
public final class UploadController {
  private static final Logger LOG = LoggerFactory.getLogger(UploadController.class);
  private static final String CAP_PLACEHOLDER = "%(uri)s";

  private final Uploader uploader;
  private final Grid grid;
  private final Quotas quotas;

  UploadController(Uploader uploader, Grid grid, Quotas quotas) {
    this.uploader = uploader;
    this.grid = grid;
    this.quotas = quotas;
  }

  /** Stores the body and answers with its capability. */
  @PutMapping({"/uri", "/uri/", "/cap", "/cap/"})
  public void put(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var params = Params.ofQuery(request);
    if (params.text("t").isPresent()) {
      throw new BadRequestException("unknown t= for this request: want none");
    }
    requireImmutable(params);
    if (request.getHeader("Content-Range") != null) {
      throw new BadRequestException(501, "a file is stored whole: no Content-Range");
    }
    boolean randomKey = params.flag("random-key");
    long announced = request.getContentLengthLong();
    var length = announced < 0 ? OptionalLong.empty() : OptionalLong.of(announced);
    var stored = upload(RequestBody.of(request), length, randomKey, Caller.of(request));
    tellRedundancy(stored, response);
    answer(stored, response);
  }

  /** Stores the field {@code file} of a form and answers with its capability. */
  @PostMapping({"/uri", "/uri/", "/cap", "/cap/"})
  public void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
    var form = UploadForm.of(request);
    var file = form.file();
    var stored = upload(file, OptionalLong.empty(), form.randomKey(), Caller.of(request));
    tellRedundancy(stored, response);
    if (form.whenDone().isPresent()) {
      redirect(form.whenDone().get(), stored, response);
    } else {
      answer(stored, response);
    }
  }

  private Uploader.Stored upload(
      InputStream plaintext, OptionalLong length, boolean randomKey, Caller caller)
      throws IOException {
    try (var reservation = quotas.reserve(caller, length)) {
      var stored = uploader.upload(reservation.of(plaintext), length, randomKey);
      if (stored instanceof Uploader.Stored.Shared) {
        reservation.stored();
      }
      return stored;
    }
  }

  static void requireImmutable(Params params) {
    if (params.flag("mutable") || !params.text("format").orElse("CHK").equalsIgnoreCase("CHK")) {
      throw new BadRequestException(501, "this gateway stores immutable files only");
    }
  }

  private static void redirect(
      String whenDone, Uploader.Stored stored, HttpServletResponse response) {
    String cap = URLEncoder.encode(stored.capability().reveal(), US_ASCII);
    response.setStatus(302);
    response.setHeader("Location", whenDone.replace(CAP_PLACEHOLDER, cap));
  }

  private void tellRedundancy(Uploader.Stored stored, HttpServletResponse response) {
    if (stored instanceof Uploader.Stored.Shared(var cap, int shares)) {
      response.setHeader("X-Raic-Redundancy", shares + "/" + cap.total());
      LOG.info("stored {}, {} of {} shares", cap, shares, grid.rules().total());
    }
  }

  private static void answer(Uploader.Stored stored, HttpServletResponse response)
      throws IOException {
    byte[] body = stored.capability().reveal().getBytes(US_ASCII);
    response.setContentType("text/plain;charset=US-ASCII");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
