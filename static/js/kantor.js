/* Kantor: the little script of every page. Everything works without it; it only saves time and steps.
   No library but htmx, nothing stored except the switch of the keyboard shortcuts. */
(function () {
  "use strict";

  var sapa = function (teks) {
    var wilayah = document.getElementById("status-hidup");
    if (wilayah) { wilayah.textContent = ""; window.setTimeout(function () { wilayah.textContent = teks; }, 50); }
  };
  var galat = function (teks) {
    var wilayah = document.getElementById("galat-hidup");
    if (wilayah) { wilayah.textContent = teks; }
  };

  /* One click, one request: the server has its own key against doubles, this only spares people the question. */
  document.addEventListener("submit", function (peristiwa) {
    var formulir = peristiwa.target;
    if (formulir.method !== "post" || formulir.hasAttribute("data-boleh-ulang")) { return; }
    if (formulir.dataset.terkirim) { peristiwa.preventDefault(); return; }
    formulir.dataset.terkirim = "ya";
    window.setTimeout(function () { kunci(formulir, true); }, 0);
    if (formulir.hasAttribute("data-unduh")) { window.setTimeout(function () { lepas(formulir); }, 4000); }
    sapa("Sedang dikirim.");
  });
  function kunci(formulir, ya) {
    formulir.querySelectorAll("button:not([type=button]), input[type=submit]").forEach(function (tombol) { tombol.disabled = ya; });
  }
  function lepas(formulir) { delete formulir.dataset.terkirim; kunci(formulir, false); }
  function lepasSemua() { document.querySelectorAll("form[data-terkirim]").forEach(lepas); }
  window.addEventListener("pageshow", function (peristiwa) { if (peristiwa.persisted) { lepasSemua(); } });
  document.addEventListener("htmx:afterRequest", lepasSemua);

  /* Focus after a page that answers a form: what must be mended first, else the heading above the message. */
  function arahkan(akar) {
    var sasaran = akar.querySelector(".ringkasan-galat") || (akar.querySelector("[data-pesan]") && akar.querySelector("h1"));
    if (sasaran) { sasaran.focus(); }
    return Boolean(sasaran);
  }

  /* A box that scrolls is a stop for the keyboard; one whose content fits is not. Asked again when sizes change. */
  function tabelMuat(akar) {
    akar.querySelectorAll(".gulir, .grafik-gambar").forEach(function (kotak) {
      if (kotak.scrollWidth > kotak.clientWidth) {
        if (!kotak.dataset.label) { return; }
        kotak.tabIndex = 0;
        kotak.setAttribute("role", "region");
        kotak.setAttribute("aria-label", kotak.dataset.label);
        delete kotak.dataset.label;
      } else if (kotak.hasAttribute("aria-label") && kotak !== document.activeElement) {
        kotak.dataset.label = kotak.getAttribute("aria-label");
        ["tabindex", "role", "aria-label"].forEach(function (nama) { kotak.removeAttribute(nama); });
      }
    });
  }
  window.addEventListener("resize", function () { tabelMuat(document); });
  document.addEventListener("toggle", function (peristiwa) { tabelMuat(peristiwa.target); }, true);

  document.addEventListener("DOMContentLoaded", function () { arahkan(document); tabelMuat(document); siapkanPintasan(); jagaSesi(); });

  document.addEventListener("htmx:afterSwap", function (peristiwa) {
    var wadah = peristiwa.detail.target;
    if (!wadah || !wadah.isConnected) { return; }
    tabelMuat(wadah);
    if (arahkan(wadah) || document.activeElement !== document.body) { return; }
    var kepala = wadah.querySelector("h1, h2, h3");
    if (kepala && wadah.hasAttribute("data-fokus")) { kepala.tabIndex = -1; kepala.focus(); }
  });
  document.addEventListener("htmx:responseError", function (peristiwa) {
    var jawaban = peristiwa.detail.xhr;
    galat(jawaban.status === 409 && jawaban.getResponseHeader("X-Kalimat") ? jawaban.responseText
      : "Permintaan tidak dapat diselesaikan. Muat ulang halaman ini lalu coba lagi.");
  });
  document.addEventListener("htmx:sendError", function () {
    galat("Sambungan ke peladen terputus. Isian Anda masih ada di halaman ini; coba lagi setelah jaringan pulih.");
  });

  /* Idle session: a warning two minutes before, with a button that keeps it alive. */
  function jagaSesi() {
    var detik = Number(document.body.dataset.sesiDetik || 0);
    var keluar = document.getElementById("keluar");
    if (!detik || !keluar) { return; }
    var ingat, habis;
    function mulai() {
      window.clearTimeout(ingat);
      window.clearTimeout(habis);
      ingat = window.setTimeout(peringatkan, Math.max(detik - 120, 30) * 1000);
      habis = window.setTimeout(function () {
        galat("Sesi Anda berakhir karena tidak ada kegiatan. Masuk kembali untuk melanjutkan.");
      }, detik * 1000);
    }
    function peringatkan() {
      var wilayah = document.getElementById("galat-hidup");
      galat("Sesi Anda berakhir dua menit lagi karena tidak ada kegiatan. ");
      var tombol = document.createElement("button");
      tombol.type = "button";
      tombol.className = "tombol tombol-kecil";
      tombol.textContent = "Lanjutkan bekerja";
      tombol.addEventListener("click", function () {
        fetch("/sesi/", { method: "POST", body: new FormData(keluar), credentials: "same-origin", redirect: "error" })
          .then(function (jawaban) { if (!jawaban.ok) { throw new Error(); } galat(""); mulai(); })
          .catch(function () { galat("Sesi tidak dapat diperpanjang. Simpan salinan isian Anda, lalu masuk kembali."); });
      });
      wilayah.appendChild(tombol);
    }
    document.addEventListener("htmx:afterRequest", function (peristiwa) {
      /* A page that refreshes itself is not a person at work. */
      var pemicu = peristiwa.detail.requestConfig && peristiwa.detail.requestConfig.triggeringEvent;
      if (pemicu && pemicu.isTrusted) { mulai(); }
    });
    mulai();
  }

  /* Single-key shortcuts; can be switched off (WCAG 2.1.4) and none is required. */
  function siapkanPintasan() {
    var dialog = document.getElementById("pintasan");
    if (!dialog || !dialog.showModal) { return; }
    var saklar = dialog.querySelector("[data-pintasan-aktif]");
    var aktif = true;
    try { aktif = window.localStorage.getItem("pintasan") !== "mati"; } catch (e) { aktif = true; }
    saklar.checked = aktif;
    saklar.addEventListener("change", function () {
      aktif = saklar.checked;
      try { window.localStorage.setItem("pintasan", aktif ? "hidup" : "mati"); } catch (e) { /* lasts for this page */ }
    });
    document.querySelectorAll("[data-buka-pintasan]").forEach(function (tombol) {
      tombol.hidden = false;
      tombol.addEventListener("click", function () { dialog.showModal(); });
    });
    document.addEventListener("keydown", function (peristiwa) {
      var di = peristiwa.target;
      if (!aktif || peristiwa.ctrlKey || peristiwa.altKey || peristiwa.metaKey) { return; }
      if (di.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(di.tagName)) { return; }
      if (peristiwa.key === "?" && !dialog.open) { peristiwa.preventDefault(); dialog.showModal(); }
      /* A digit presses the button that bears it, where a page offers such buttons. */
      var bernomor = /^[1-9]$/.test(peristiwa.key) && document.querySelector('[data-tombol="' + peristiwa.key + '"]');
      if (bernomor && !dialog.open) { peristiwa.preventDefault(); bernomor.click(); }
      if (peristiwa.key === "/") {
        var cari = document.querySelector("[data-cari], .saringan input:not([type=hidden]), .saringan select") ||
          document.getElementById("cari-kantor");
        if (cari) { peristiwa.preventDefault(); cari.focus(); }
      }
    });
  }
})();
