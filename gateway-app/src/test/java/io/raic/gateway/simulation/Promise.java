package io.raic.gateway.simulation;

import io.raic.crypto.capability.ReadCap;
import io.raic.crypto.file.Encoding;
import io.raic.crypto.file.EncryptedStream;
import io.raic.crypto.file.FileEncoder;
import io.raic.crypto.share.ShareLayout;
import io.raic.crypto.share.ShareSink;
import io.raic.gateway.grid.Holdings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A file that was acknowledged: what it holds, and what each of its shares must be. */
final class Promise {
  private final ReadCap cap;
  private final byte[] content;
  private final String prefix;
  private final Map<String, byte[]> shares = new TreeMap<>();

  Promise(ReadCap cap, byte[] content, Encoding encoding) {
    this.cap = cap;
    this.content = content;
    this.prefix = prefix(cap.verifyCap().storageIndex().text());
    var geometry = encoding.geometry(content.length);
    var outs = new ArrayList<ByteArrayOutputStream>();
    var sinks = new ArrayList<ShareSink>();
    for (int i = 0; i < geometry.total(); i++) {
      var out = new ByteArrayOutputStream();
      outs.add(out);
      sinks.add(out::write);
    }
    try {
      var ciphertext = new EncryptedStream(new ByteArrayInputStream(content), cap.key(), geometry);
      var extension = new FileEncoder(geometry, ShareLayout.of(geometry), sinks).encode(ciphertext);
      if (!extension.hash().equals(cap.uebHash())) {
        throw new Broken("the capability is another file's");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    for (int i = 0; i < outs.size(); i++) {
      shares.put(prefix + i, outs.get(i).toByteArray());
    }
  }

  private static String prefix(String storageIndex) {
    return "shares/" + storageIndex.substring(0, 2) + "/" + storageIndex + "/";
  }

  /** Returns which file an object belongs to. */
  static String prefixOf(String key) {
    return key.substring(0, key.lastIndexOf('/') + 1);
  }

  /** Returns which share an object is. */
  static int shareOf(String key) {
    return Integer.parseInt(key.substring(key.lastIndexOf('/') + 1));
  }

  ReadCap cap() {
    return cap;
  }

  byte[] content() {
    return content;
  }

  String prefix() {
    return prefix;
  }

  /** Returns the shares among {@code objects} that are what they must be, of this file. */
  List<Integer> rightIn(Map<String, byte[]> objects) {
    return shares.entrySet().stream()
        .filter(share -> Arrays.equals(share.getValue(), objects.get(share.getKey())))
        .map(share -> shareOf(share.getKey()))
        .toList();
  }

  /** Returns which providers hold which right shares. */
  Holdings held(List<Provider> providers) {
    var held = new Holdings();
    for (var provider : providers) {
      rightIn(provider.objects()).forEach(share -> held.add(share, provider.id()));
    }
    return held;
  }

  @Override
  public String toString() {
    return prefix;
  }
}
