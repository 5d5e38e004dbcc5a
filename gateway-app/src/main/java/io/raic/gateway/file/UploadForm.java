package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Params;
import io.raic.gateway.web.RequestBody;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;

/**
 * A form while it is read: its arguments as far as they have come, and the one file in it.
 *
 * <p>The file only ends once all that follows it has been read and is in order, so that whoever
 * stores what is complete stores nothing of a form that is wrong or breaks off. For one thread at a
 * time.
 */
final class UploadForm {
  private static final int MAX_FIELD_BYTES = 4096;
  private static final String FILE = "file";
  private static final String RANDOM_KEY = "random-key";
  private static final String WHEN_DONE = "when_done";
  private static final Set<String> FIELDS = Set.of("t", "mutable", "format", RANDOM_KEY, WHEN_DONE);

  private final Params params;
  private final FileItemInputIterator items;

  private UploadForm(Params params, FileItemInputIterator items) {
    this.params = params;
    this.items = items;
  }

  /** Begins to read the form in the body of {@code request}. */
  static UploadForm of(HttpServletRequest request) throws IOException {
    var params = Params.ofQuery(request);
    if (!JakartaServletFileUpload.isMultipartContent(request)) {
      requireUpload(params);
      throw new BadRequestException("t=upload wants multipart/form-data with a field named file");
    }
    var context =
        new JakartaServletRequestContext(request) {
          @Override
          public InputStream getInputStream() {
            return RequestBody.of(request);
          }
        };
    try {
      return new UploadForm(params, new JakartaServletFileUpload<>().getItemIterator(context));
    } catch (FileUploadException e) {
      throw unreadable(e);
    }
  }

  /** Reads up to the file and returns its content. Once. */
  InputStream file() throws IOException {
    for (var item = next(); item.isPresent(); item = next()) {
      if (isFile(item.get())) {
        check();
        return new Content(item.get().getInputStream());
      }
      take(item.get());
    }
    throw new BadRequestException("the form has no field named file");
  }

  private void readRest() throws IOException {
    for (var item = next(); item.isPresent(); item = next()) {
      if (isFile(item.get())) {
        throw new BadRequestException("the form has more than one field named file");
      }
      if (Objects.equals(item.get().getFieldName(), RANDOM_KEY)) {
        throw new BadRequestException("the field random-key must come before the file");
      }
      take(item.get());
    }
    check();
  }

  private Optional<FileItemInput> next() throws IOException {
    try {
      return items.hasNext() ? Optional.of(items.next()) : Optional.empty();
    } catch (FileUploadException e) {
      throw unreadable(e);
    }
  }

  private static BadRequestException unreadable(FileUploadException e) {
    return new BadRequestException("the form could not be read: " + e.getClass().getSimpleName());
  }

  private static boolean isFile(FileItemInput item) {
    return Objects.equals(item.getFieldName(), FILE);
  }

  private void take(FileItemInput item) throws IOException {
    byte[] value;
    try (var in = RequestBody.of(item.getInputStream())) {
      value = in.readNBytes(MAX_FIELD_BYTES + 1);
    }
    if (value.length > MAX_FIELD_BYTES) {
      throw new BadRequestException("a field of the form is too long");
    }
    String name = Objects.requireNonNullElse(item.getFieldName(), "");
    if (FIELDS.contains(name)) {
      params.add(name, new String(value, UTF_8));
    }
  }

  private void check() {
    requireUpload(params);
    UploadController.requireImmutable(params);
    requireSameSite(whenDone());
  }

  private static void requireUpload(Params params) {
    if (!params.text("t").orElse("").equals("upload")) {
      throw new BadRequestException("unknown or missing t= for this request: want t=upload");
    }
  }

  /** The address may hold the capability: it must not lead to somebody else. */
  private static void requireSameSite(Optional<String> whenDone) {
    if (whenDone.isPresent() && !whenDone.get().matches("/(?![/\\\\])\\P{Cntrl}*")) {
      throw new BadRequestException("when_done= is a path on this gateway");
    }
  }

  /** Says whether the file is to have a key of its own. */
  boolean randomKey() {
    return params.flag(RANDOM_KEY);
  }

  /** Returns where to lead the client when the file is stored: known once the file has ended. */
  Optional<String> whenDone() {
    return params.text(WHEN_DONE);
  }

  /** The file, which takes what follows it to its end. */
  private final class Content extends FilterInputStream {
    private boolean ended;

    Content(InputStream file) {
      super(RequestBody.of(file));
    }

    @Override
    public int read() throws IOException {
      return checkEnd(super.read());
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      return checkEnd(super.read(target, offset, length));
    }

    private int checkEnd(int got) throws IOException {
      if (got < 0 && !ended) {
        ended = true;
        readRest();
      }
      return got;
    }
  }
}
