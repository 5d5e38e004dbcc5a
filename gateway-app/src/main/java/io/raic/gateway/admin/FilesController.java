package io.raic.gateway.admin;

import io.raic.crypto.capability.Capabilities;
import io.raic.crypto.capability.Capability;
import io.raic.crypto.capability.StorageIndex;
import io.raic.crypto.capability.VerifyCap;
import io.raic.gateway.web.BadRequestException;
import io.raic.gateway.web.Caps;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/**
 * {@code /admin/files}: files by their verify capability or storage index, which come in a form's
 * field and are in no address. A capability that reads is refused, and not shown again.
 */
@Controller
@ConditionalOnBooleanProperty(name = "raic.admin.enabled", matchIfMissing = true)
public final class FilesController {
  private static final int MAX_CHARACTERS = 500;

  private final FileDesk desk;
  private final InstantSource clock;

  FilesController(FileDesk desk, InstantSource clock) {
    this.desk = desk;
    this.clock = clock;
  }

  /** Shows the form. */
  @GetMapping({"/admin/files", "/admin/files/"})
  public String form(Model model) {
    model.addAttribute("hint", "");
    return "admin/files";
  }

  /** Looks a file up, and leads to its page; or says why not, without what was given. */
  @PostMapping("/admin/files")
  public String find(HttpServletRequest request, Model model) {
    if (request.getQueryString() != null) {
      throw new BadRequestException("what is looked up is no part of the address");
    }
    String text = Objects.requireNonNullElse(request.getParameter("file"), "").strip();
    return switch (parse(text)) {
      case Given.Known(var index, var cap) -> "redirect:/admin/files/" + desk.open(index, cap).id();
      case Given.Refused(var hint) -> {
        model.addAttribute("hint", hint);
        yield "admin/files";
      }
    };
  }

  /** What was given. */
  private sealed interface Given {
    /** A file. */
    record Known(StorageIndex index, Optional<VerifyCap> cap) implements Given {}

    /** None that is taken, for this reason. */
    record Refused(String hint) implements Given {}
  }

  private static Given parse(String text) {
    if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
      return new Given.Refused("Give the verify capability of a file, or its storage index.");
    }
    try {
      return new Given.Known(StorageIndex.parse(text), Optional.empty());
    } catch (IllegalArgumentException _) {
      // Then it is a capability, or nothing.
    }
    Capability cap;
    try {
      cap = Capabilities.parse(text);
    } catch (IllegalArgumentException _) {
      return new Given.Refused(
          "That is neither a verify capability nor a storage index. A verify capability begins"
              + " with URI:CHK-Verifier:, and a storage index has 26 letters and digits.");
    }
    if (cap instanceof VerifyCap) {
      return Caps.file(text) instanceof VerifyCap verify
          ? new Given.Known(verify.storageIndex(), Optional.of(verify))
          : new Given.Refused("That capability is not of a stored file.");
    }
    return new Given.Refused(
        "That capability can do more than verify, so it does not belong here; it was not kept."
            + " Its verify capability is shown by: raic cap");
  }

  /** Shows a file. */
  @GetMapping("/admin/files/{id}")
  public String file(@PathVariable String id, Model model) {
    fill(id, model);
    return "admin/file";
  }

  /** Answers with what changes of that. */
  @GetMapping("/admin/live/files/{id}")
  public String liveFile(@PathVariable String id, Model model) {
    fill(id, model);
    return "admin/file :: live";
  }

  private void fill(String id, Model model) {
    var entry = desk.find(id).orElseThrow(FilesController::forgotten);
    model.addAttribute("file", FileView.of(entry, desk.known(entry), clock.instant()));
    model.addAttribute("works", works());
  }

  private static List<FileWork> works() {
    return Arrays.asList(FileWork.values());
  }

  static BadRequestException forgotten() {
    return new BadRequestException(
        404, "this gateway does not remember that file: look it up again");
  }
}
