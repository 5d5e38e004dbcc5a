package io.raic.cloud.azure;

import io.raic.cloud.VersionToken;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A part of a container's listing, as the service writes it.
 *
 * @param blobs in the order they came
 * @param marker where the listing goes on; empty at its end
 */
record ListedBlobs(List<Blob> blobs, Optional<String> marker) {
  /** One blob. */
  record Blob(String name, long size, VersionToken version) {}

  private static final XMLInputFactory FACTORY = factory();

  private static XMLInputFactory factory() {
    // Java's own, whatever other one is there: its settings are known to be kept.
    var factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory;
  }

  /** Returns what {@code xml} says; empty if it is not such a listing. */
  static Optional<ListedBlobs> read(byte[] xml) {
    try {
      return new Reading(FACTORY.createXMLStreamReader(new ByteArrayInputStream(xml))).all();
    } catch (XMLStreamException _) {
      return Optional.empty();
    }
  }

  /** Goes through the elements; remembers what it is told of the blob it is in. */
  private static final class Reading {
    private final XMLStreamReader xml;
    private final List<Blob> blobs = new ArrayList<>();
    private Optional<String> marker = Optional.empty();
    private Optional<String> name = Optional.empty();
    private Optional<Long> size = Optional.empty();
    private Optional<VersionToken> version = Optional.empty();
    private boolean isListing;
    private boolean isWrong;

    private Reading(XMLStreamReader xml) {
      this.xml = xml;
    }

    private Optional<ListedBlobs> all() throws XMLStreamException {
      while (xml.hasNext()) {
        switch (xml.next()) {
          case XMLStreamConstants.START_ELEMENT -> begin(xml.getLocalName());
          case XMLStreamConstants.END_ELEMENT -> end(xml.getLocalName());
          default -> {}
        }
      }
      return isListing && !isWrong
          ? Optional.of(new ListedBlobs(List.copyOf(blobs), marker))
          : Optional.empty();
    }

    private void begin(String element) throws XMLStreamException {
      switch (element) {
        case "EnumerationResults" -> isListing = true;
        case "Blob" -> {
          name = Optional.empty();
          size = Optional.empty();
          version = Optional.empty();
        }
        case "Name" -> name = Optional.of(xml.getElementText());
        case "Content-Length" -> size = AzureAnswer.count(xml.getElementText());
        case "Etag" -> version = AzureAnswer.version(xml.getElementText());
        case "NextMarker" ->
            marker = Optional.of(xml.getElementText()).filter(text -> !text.isEmpty());
        default -> {}
      }
    }

    private void end(String element) {
      if (element.equals("Blob")) {
        if (name.isPresent() && size.isPresent() && version.isPresent()) {
          blobs.add(new Blob(name.get(), size.get(), version.get()));
        } else {
          isWrong = true;
        }
      }
    }
  }
}
