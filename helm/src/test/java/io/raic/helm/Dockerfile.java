package io.raic.helm;

import java.util.ArrayList;
import java.util.List;

/**
 * The instructions of a Dockerfile, by stage.
 *
 * @param stages each with its FROM first
 */
record Dockerfile(List<List<Instruction>> stages) {
  /**
   * One instruction.
   *
   * @param name in capital letters
   * @param rest what follows, its lines joined
   */
  record Instruction(String name, String rest) {}

  static Dockerfile parse(String text) {
    var stages = new ArrayList<List<Instruction>>();
    var pending = new StringBuilder();
    for (String line : text.lines().filter(line -> !line.isBlank() && !isComment(line)).toList()) {
      if (line.endsWith("\\")) {
        pending.append(line, 0, line.length() - 1);
        continue;
      }
      String[] words = pending.append(line).toString().strip().split("\\s+", 2);
      pending.setLength(0);
      if (words[0].equals("FROM")) {
        stages.add(new ArrayList<>());
      }
      stages.getLast().add(new Instruction(words[0], words[1]));
    }
    return new Dockerfile(stages);
  }

  private static boolean isComment(String line) {
    return line.strip().startsWith("#");
  }

  List<Instruction> all() {
    return stages.stream().flatMap(List::stream).toList();
  }

  /** Returns what follows each instruction of this name in the last stage. */
  List<String> last(String name) {
    return stages.getLast().stream()
        .filter(instruction -> instruction.name().equals(name))
        .map(Instruction::rest)
        .toList();
  }
}
