package io.raic.gateway.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.MediaTypeFactory;

/** The headers that tell what a file is: the format does not say, so its name has to. */
final class ContentHeaders {
  private static final String UNKNOWN = "text/plain";
  private static final Map<String, String> ENCODINGS =
      Map.of("gz", "gzip", "bz2", "bzip2", "z", "compress");

  private ContentHeaders() {}

  /**
   * Sets them.
   *
   * @param name of the file, as far as the client said
   * @param save whether the client is to save it rather than show it
   */
  static void set(HttpServletResponse response, Optional<String> name, boolean save) {
    response.setHeader("Accept-Ranges", "bytes");
    String whole = name.orElse("");
    String encoding = encoding(whole);
    String bare = encoding.isEmpty() ? whole : whole.substring(0, whole.lastIndexOf('.'));
    String type = MediaTypeFactory.getMediaType(bare).map(Object::toString).orElse(UNKNOWN);
    response.setHeader("Content-Type", type);
    if (!encoding.isEmpty()) {
      response.setHeader("Content-Encoding", encoding);
    }
    if (save) {
      var disposition = ContentDisposition.attachment();
      if (!whole.isEmpty()) {
        disposition.filename(whole, UTF_8);
      }
      response.setHeader("Content-Disposition", disposition.build().toString());
    }
  }

  private static String encoding(String name) {
    int dot = name.lastIndexOf('.');
    return dot < 0
        ? ""
        : ENCODINGS.getOrDefault(name.substring(dot + 1).toLowerCase(Locale.ROOT), "");
  }
}
