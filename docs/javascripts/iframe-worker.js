"use strict";
// A browser starts no worker from a file on a disk. There a worker is a hidden frame, to which messages go and from
// which they come, so that the search works when the site is opened from a folder.
if (location.protocol === "file:") {
  window.Worker = class extends EventTarget {
    constructor(url) {
      super();
      this.early = [];  // what is sent before the script is there
      this.frame = document.createElement("iframe");
      this.frame.hidden = true;
      this.frame.title = "search";
      document.body.append(this.frame);
      this.inside = this.frame.contentWindow;
      this.inside.postMessage = (data) => this.dispatchEvent(new MessageEvent("message", { data }));
      const script = this.inside.document.createElement("script");
      script.src = url;
      script.addEventListener("load", () => {
        const early = this.early;
        this.early = null;
        for (const data of early) this.postMessage(data);
      });
      this.inside.document.body.append(script);
    }

    postMessage(data) {
      if (this.early) this.early.push(data);
      else this.inside.dispatchEvent(new MessageEvent("message", { data }));
    }

    terminate() {
      this.frame.remove();
    }
  };
}
